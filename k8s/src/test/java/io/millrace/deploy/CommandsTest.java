package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path directory;

    @Test
    void everyEnvironmentIsChecked() {
        assertThat(run(0, "check"))
                .contains(
                        "ok    dev: ",
                        "ok    production: ",
                        "ok    staging: ",
                        Project.jobs().size() + " jobs");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertThat(run(1, "check", "dev", "--set", "flinkConfiguration.web\\.submit\\.enabled=x"))
                .contains("FAIL  dev: FlinkDeployment/millrace-tasks: spec.flinkConfiguration.web.submit.enabled:");
    }

    @Test
    void whatWasRenderedIsWhatWouldChange() {
        run(0, "render", "production", "--tag", "1111111", "--to", directory.toString());

        assertThat(run(0, "plan", "production", "--tag", "1111111", "--against", directory.toString()))
                .isEqualTo("nothing changes\n");
    }

    @Test
    void aReleaseIsSaidWithWhatTheOperatorDoes() {
        run(0, "render", "production", "--tag", "1111111", "--to", directory.toString());

        assertThat(run(0, "plan", "production", "--tag", "2222222", "--against", directory.toString()))
                .contains(
                        """
                        ~ FlinkDeployment/millrace-tasks
                            spec.image: "millrace.azurecr.io/millrace/millrace-tasks:1111111" -> \
                        "millrace.azurecr.io/millrace/millrace-tasks:2222222"
                            spec.podTemplate.spec.initContainers[0].image: \
                        "millrace.azurecr.io/millrace/millrace-tasks:1111111" -> \
                        "millrace.azurecr.io/millrace/millrace-tasks:2222222"
                            the operator stops the job with a savepoint and starts it from that
                        """);
    }

    @Test
    void whatComesAndGoesIsSaid() {
        run(0, "render", "production", "--to", directory.toString());

        String without =
                run(0, "plan", "production", "--set", "jobs.slo.enabled=false", "--against", directory.toString());
        String with = run(0, "plan", "production", "--set", "snapshots.now=x", "--against", directory.toString());

        assertThat(without)
                .contains("- FlinkDeployment/millrace-slo\n    the operator takes a savepoint and ends the job\n");
        assertThat(with).contains("+ FlinkStateSnapshot/millrace-tasks-x\n");
    }

    @Test
    void morePartitionsAreSaidWithWhatTheyDoToKeys() {
        run(0, "render", "production", "--to", directory.toString());

        assertThat(run(0, "plan", "production", "--set", "kafka.partitions=48", "--against", directory.toString()))
                .contains(
                        """
                        ~ KafkaTopic/task-events
                            spec.partitions: 24 -> 48
                            keys go to other partitions from then on: nothing is in order across the change
                        """);
    }

    @Test
    void aJobThatIsTakenBackToASavepointIsSaid() {
        run(0, "render", "production", "--to", directory.toString());

        assertThat(run(
                        0,
                        "plan",
                        "production",
                        "--against",
                        directory.toString(),
                        "--set",
                        "jobs.tasks.savepointRedeployNonce=1",
                        "--set",
                        "jobs.tasks.initialSavepointPath=abfss://f@a.dfs.core.windows.net/s"))
                .contains("the operator ends the job, whatever its state, and starts it from abfss://f@a");
    }

    @Test
    void anEarlierRenderingIsReplaced() throws Exception {
        Files.writeString(directory.resolve("old.yaml"), "rubbish");
        Files.writeString(directory.resolve("notes.txt"), "mine");

        run(0, "render", "dev", "--to", directory.toString());

        assertThat(directory.resolve("old.yaml")).doesNotExist();
        assertThat(directory.resolve("notes.txt")).hasContent("mine");
        assertThat(directory.resolve("flinkdeployment-millrace-tasks.yaml")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "render", "plan dev", "check dev --to x"})
    void wrongUsageIsStatusTwo(String line) {
        run(2, line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"render nowhere", "check nowhere", "plan dev --against /no/such", "render dev --with nothing"})
    void whatIsNotThereIsStatusOne(String line) {
        run(1, line.split(" "));
    }

    private static String run(int expected, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
            assertThat(Main.run(arguments)).as(told::toString).isEqualTo(expected);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
