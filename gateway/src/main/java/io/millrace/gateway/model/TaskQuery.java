package io.millrace.gateway.model;

import java.util.List;
import java.util.Set;

/**
 * Which tasks of a person.
 *
 * @param text words that are all in title or description; null for any
 * @param statuses wire names; empty for all but deleted ones
 * @param priorities 1 to 4; empty for all
 * @param tags each of which it has
 * @param dueFrom milliseconds since the epoch; null for any, as {@code dueBefore}
 */
public record TaskQuery(
        String text,
        Set<String> statuses,
        Set<Integer> priorities,
        List<String> tags,
        Long dueFrom,
        Long dueBefore,
        List<TaskSort> sort,
        PageRequest page) {}
