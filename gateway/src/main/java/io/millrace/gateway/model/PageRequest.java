package io.millrace.gateway.model;

/**
 * Which part of a list.
 *
 * @param cursor {@link Page#next} of the part before; null for the first
 */
public record PageRequest(String cursor, int limit) {}
