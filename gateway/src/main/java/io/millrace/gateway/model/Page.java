package io.millrace.gateway.model;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items JSON objects
 * @param next what to ask for the next part with; null when there is none
 */
public record Page(List<byte[]> items, String next) {
    static final Page EMPTY = new Page(List.of(), null);
}
