package io.millrace.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.meter.ProcessTree.Stat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTreeTest {

    @Test
    void cpuTimeIsThatOfTheProcessAndOfItsEndedChildrenWhateverItsName() {
        Stat stat = Stat.parse("4711 (a) (name)) S 12 4711 4711 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 99 5 6");

        assertThat(stat).isEqualTo(new Stat(4711, 12, 127));
    }

    @Test
    void descendantsAreCountedAndOthersAreNot() {
        Map<Long, Stat> processes = Map.of(
                1L, new Stat(1, 0, 1000),
                2L, new Stat(2, 1, 1),
                3L, new Stat(3, 2, 10),
                4L, new Stat(4, 3, 100),
                5L, new Stat(5, 1, 1000));

        assertThat(ProcessTree.sum(2, processes)).isEqualTo(111);
        assertThat(ProcessTree.sum(6, processes)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessHasUsedCpu() throws Exception {
        assertThat(ProcessTree.cpuNanos(ProcessHandle.current().pid())).isPositive();
    }
}
