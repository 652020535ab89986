package io.millrace.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done in an episode, all of it by the seed.
 *
 * @param faults in the order of their beginnings; they may overlap
 */
record Episode(long seed, List<Fault> faults) {
    private static final int PERCENT_OF_TWO = 30;
    private static final int PERCENT_OF_THREE = 10;

    Episode {
        faults = List.copyOf(faults);
    }

    static Episode of(long seed) {
        Random random = random(seed);
        int dice = random.nextInt(100);
        int count = dice < PERCENT_OF_THREE ? 3 : dice < PERCENT_OF_THREE + PERCENT_OF_TWO ? 2 : 1;
        return new Episode(
                seed,
                Stream.generate(() -> Fault.any(random))
                        .limit(count)
                        .sorted(Comparator.comparingInt(Fault::at))
                        .toList());
    }

    /** An episode with one fault of that kind; its details by the seed. */
    static Episode of(long seed, FaultKind kind) {
        return new Episode(seed, List.of(Fault.of(kind, random(seed))));
    }

    /** Seeds of neighbouring episodes are neighbouring numbers, which Java's generator would answer alike. */
    static Random random(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return new Random(mixed ^ (mixed >>> 31));
    }

    @Override
    public String toString() {
        return faults.stream().map(Fault::toString).collect(Collectors.joining(" + "));
    }
}
