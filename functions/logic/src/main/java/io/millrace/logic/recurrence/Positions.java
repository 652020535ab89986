package io.millrace.logic.recurrence;

import java.util.List;
import java.util.stream.IntStream;

/** BYSETPOS: positions in the set of one interval, from 1, negative from its end. */
final class Positions {

    private Positions() {}

    /** The indexes, ascending and each once, that the positions mean in a set of that size. */
    static int[] indexes(List<Integer> positions, int size) {
        return positions.stream()
                .mapToInt(position -> position > 0 ? position - 1 : size + position)
                .filter(index -> index >= 0 && index < size)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The elements at the positions; all of them when there are none. */
    static int[] pick(int[] set, List<Integer> positions) {
        return positions.isEmpty()
                ? set
                : IntStream.of(indexes(positions, set.length)).map(i -> set[i]).toArray();
    }
}
