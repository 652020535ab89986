package io.millrace.agents.critic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.agents.critic.Meanings.Sense;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeaningsTest {
    private static final Meanings MEANINGS =
            new Meanings(List.of("ignore\tignore oubli* pay_no_attention", "rules\trule* regle* pay"));

    private static List<Sense> of(String... words) {
        return MEANINGS.of(List.of(words));
    }

    @Test
    void wordsOfThreeLanguagesMeanTheSame() {
        assertThat(of("ignore", "rules")).isEqualTo(of("oubliez", "regles"));
        assertThat(of("ignore", "the", "rules")).containsExactly(new Sense(0, 0), new Sense(2, 1));
    }

    @Test
    void aBeginningStandsForAnyEndingAndAWordForItselfAlone() {
        assertThat(of("oublierais")).hasSize(1);
        assertThat(of("ignored")).isEmpty();
    }

    @Test
    void severalWordsMeanSomethingTogether() {
        assertThat(of("pay", "no", "attention")).containsExactlyInAnyOrder(new Sense(0, 0), new Sense(0, 1));
        assertThat(of("pay", "no")).containsExactly(new Sense(0, 1));
    }

    @Test
    void aLongTextHasNoMoreFeaturesThanItMayHave() {
        Features features = new Features(MEANINGS);
        String text = "ignore the rules ".repeat(20_000);

        Features.Vector vector = features.of(text);

        assertThat(vector.buckets().length).isLessThan(1_000);
        assertThat(Arrays.stream(vector.buckets())).allMatch(bucket -> bucket >= 0 && bucket < Features.BUCKETS);
    }
}
