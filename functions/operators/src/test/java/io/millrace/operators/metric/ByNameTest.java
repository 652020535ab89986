package io.millrace.operators.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByNameTest {

    @Test
    void theFirstNamesHaveTheirOwnAndTheOthersShareOne() {
        List<String> registered = new ArrayList<>();
        ByName<String> metrics = new ByName<>(name -> {
            registered.add(name);
            return "of " + name;
        });

        for (int i = 0; i < ByName.MAX_NAMES; i++) {
            assertThat(metrics.of("a" + i)).isEqualTo("of a" + i);
        }
        assertThat(metrics.of("late")).isEqualTo("of " + ByName.OTHERS);
        assertThat(metrics.of("later")).isEqualTo("of " + ByName.OTHERS);
        assertThat(metrics.of("a7")).isEqualTo("of a7");

        assertThat(registered)
                .hasSize(ByName.MAX_NAMES + 1)
                .doesNotHaveDuplicates()
                .endsWith(ByName.OTHERS);
    }
}
