package io.millrace.chaos;

import io.millrace.chaos.workload.Seeds;
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
        Random random = Seeds.random(seed);
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
        return new Episode(seed, List.of(Fault.of(kind, Seeds.random(seed))));
    }

    @Override
    public String toString() {
        return faults.stream().map(Fault::toString).collect(Collectors.joining(" + "));
    }
}
