package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosOptionsTest {

    @Test
    void theSeedOfAnEpisodeAlonePlaysItAgain() throws Exception {
        ChaosOptions many = parse("--episodes", "30", "--seed", "100");

        Episode failed = many.episode(12);

        assertThat(many.again(failed)).isEqualTo("./millrace chaos --episodes 1 --seed 111");
        assertThat(parse("--episodes", "1", "--seed", "111").episode(1)).isEqualTo(failed);
    }

    @Test
    void oneKindOfFaultCanBeChosen() throws Exception {
        ChaosOptions options = parse("--only", "broker-kill", "--json", "out.json");

        assertThat(options.episode(3).faults()).extracting(Fault::kind).containsExactly(FaultKind.BROKER_KILL);
        assertThat(options.json()).isEqualTo(Path.of("out.json"));
        assertThat(options.seed()).isEqualTo(42);
    }

    @Test
    void theOtherJobIsNamedWhereAnEpisodeIsPlayedAgain() throws Exception {
        ChaosOptions options = parse("--job", "agents", "--only", "downtime");

        assertThat(options.job()).isEqualTo(Job.AGENTS);
        assertThat(options.again(options.episode(1)))
                .isEqualTo("./millrace chaos --job agents --episodes 1 --seed 42 --only downtime");
        assertThat(parse().job()).isEqualTo(Job.TASKS);
    }

    @ParameterizedTest
    @CsvSource({
        "--episodes, 0, must be from 1",
        "--episodes, many, needs a number",
        "--seed, , needs a value",
        "--only, flood, there is no fault flood",
        "--job, nightly, there is no job nightly; there are tasks agents",
        "--often, 1, there is no option --often",
    })
    void wrongUsageIsNamed(String option, String value, String problem) {
        String[] arguments = value == null ? new String[] {option} : new String[] {option, value};

        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(ChaosOptions.WrongUsage.class)
                .hasMessageContaining(problem);
    }

    private static ChaosOptions parse(String... arguments) throws ChaosOptions.WrongUsage {
        return ChaosOptions.parse(List.of(arguments), 42);
    }
}
