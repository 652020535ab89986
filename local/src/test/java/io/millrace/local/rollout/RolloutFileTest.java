package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.topic.DefinitionsFile;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.logic.rollout.FlagDocument;
import io.millrace.schema.rollout.RolloutDefined;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RolloutFileTest {
    private static final String GOOD =
            """
            {"name":"r","flag":"f","to":"new","from":"old","strategy":"all_at_once"}
            """;

    private static DefinitionsFile<RolloutDefined> read(String text) {
        return DefinitionsFile.read(Rollouts.KIND, "x", text);
    }

    @Test
    void theEnvelopeMayBeLeftOut() {
        DefinitionsFile<RolloutDefined> file = read(GOOD + GOOD.replace("\"r\"", "\"s\""));

        assertThat(file.problems()).isEmpty();
        assertThat(file.definitions()).extracting(Written::name).containsExactly("r", "s");
    }

    @Test
    void theShippedExampleIsRight() throws Exception {
        Path examples = Path.of("../docs/examples/rollout");

        DefinitionsFile<RolloutDefined> file = read(Files.readString(examples.resolve("checkout-v2.json")));

        assertThat(file.problems()).isEmpty();
        assertThat(file.ignored()).isEmpty();
        assertThat(file.definitions()).hasSize(1);
        assertThat(FlagDocument.read(Files.readString(examples.resolve("checkout.json")))
                        .serves())
                .isEqualTo("old");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        DefinitionsFile<RolloutDefined> file =
                read(GOOD + "\n7\n" + GOOD.replace("\"new\"", "\"old\"") + GOOD.replace("\"f\"", "5") + "{");

        assertThat(file.definitions()).hasSize(1);
        assertThat(file.problems())
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("x:3: not an object with the fields of a roll-out (not_json)"),
                        two -> assertThat(two).isEqualTo("x:4: to: must be another variant than from (invalid_value)"),
                        three -> assertThat(three)
                                .isEqualTo("x:5: flag: expected a string, found a number (wrong_type)"),
                        four -> assertThat(four).startsWith("x:6").endsWith("(not_json)"));
    }

    @Test
    void aFieldThatNoRolloutHasIsNamedWhereverItStands() {
        DefinitionsFile<RolloutDefined> file = read(
                """
                {"name":"r","flag":"f","to":"new","from":"old","strategy":"all_at_once",
                 "healht":{"sources":[]},
                 "health":{"sources":[{"name":"s"}, {"name":"t",
                   "max_requests_per_minut":1}],
                   "limits":{"max_error_rat":0.05}}}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.ignored())
                .containsExactly(
                        "x:2: healht",
                        "x:4: health.sources[1].max_requests_per_minut",
                        "x:5: health.limits.max_error_rat");
    }

    @Test
    void twoOfOneNameAreAProblemInTheLineOfTheSecond() {
        DefinitionsFile<RolloutDefined> file = read(GOOD + "{\n" + GOOD.substring(1));

        assertThat(file.definitions()).hasSize(1);
        assertThat(file.problems()).containsExactly("x:3: name: is that of the roll-out in line 1 (invalid_value)");
    }
}
