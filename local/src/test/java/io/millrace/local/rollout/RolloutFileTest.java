package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.FlagDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RolloutFileTest {
    private static final String GOOD =
            """
            {"name":"r","flag":"f","to":"new","from":"old","strategy":"all_at_once"}
            """;

    @Test
    void theEnvelopeMayBeLeftOut() {
        RolloutFile file = RolloutFile.read("x", GOOD + GOOD.replace("\"r\"", "\"s\""));

        assertThat(file.problems()).isEmpty();
        assertThat(file.rollouts())
                .extracting(written -> written.defined().name())
                .containsExactly("r", "s");
    }

    @Test
    void theShippedExampleIsRight() throws Exception {
        Path examples = Path.of("../docs/examples/rollout");

        RolloutFile file = RolloutFile.read("x", Files.readString(examples.resolve("checkout-v2.json")));

        assertThat(file.problems()).isEmpty();
        assertThat(file.rollouts()).hasSize(1);
        assertThat(FlagDocument.read(Files.readString(examples.resolve("checkout.json")))
                        .serves())
                .isEqualTo("old");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        RolloutFile file = RolloutFile.read(
                "x", GOOD + "\n7\n" + GOOD.replace("\"new\"", "\"old\"") + GOOD.replace("\"f\"", "5") + "{");

        assertThat(file.rollouts()).hasSize(1);
        assertThat(file.problems())
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("x:3: not an object with the fields of a roll-out (not_json)"),
                        two -> assertThat(two).isEqualTo("x:4: to: must be another variant than from (invalid_value)"),
                        three -> assertThat(three)
                                .isEqualTo("x:5: flag: expected a string, found a number (wrong_type)"),
                        four -> assertThat(four).startsWith("x:6").endsWith("(not_json)"));
    }
}
