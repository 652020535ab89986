package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpisodeTest {

    @Test
    void theSeedDecidesWhatIsDoneAndWhen() {
        for (long seed = -50; seed < 50; seed++) {
            assertThat(Episode.of(seed)).isEqualTo(Episode.of(seed));
            assertThat(Episode.of(seed)).isNotEqualTo(Episode.of(seed + 1));
        }
        // A change of the generator makes earlier reports impossible to repeat.
        assertThat(Episode.of(1)).hasToString("taskmanager-pause #0 at 4.4 s for 4.5 s");
        assertThat(Episode.of(2))
                .hasToString("broker-restart at 3.3 s for 1.3 s + checkpoints-full at 4.5 s for 3.6 s");
    }

    @Test
    void neighbouringSeedsHaveEveryFaultAloneAndTogether() {
        Set<FaultKind> alone = EnumSet.noneOf(FaultKind.class);
        Set<FaultKind> together = EnumSet.noneOf(FaultKind.class);
        LongStream.range(0, 200).mapToObj(Episode::of).forEach(episode -> {
            List<FaultKind> kinds = episode.faults().stream().map(Fault::kind).toList();
            (kinds.size() == 1 ? alone : together).addAll(kinds);
        });

        assertThat(alone).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(together).containsExactlyInAnyOrder(FaultKind.values());
    }
}
