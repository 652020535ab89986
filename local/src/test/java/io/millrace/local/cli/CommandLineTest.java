package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "talk",
                "tail",
                "tail reminders --max many",
                "tail reminders --max -1",
                "tail reminders --timeout -0.5",
                "publish",
                "replay task-events",
                "replay task-events-dlq --only a=b",
                "demo --seconds 3",
                "demo --rate 0",
                "up --no-such-option",
                "savepoint",
                "agents",
                "agents nonsense",
                "agents call",
                "agents call echo --timeout soon",
                "agents call echo --timeout 0s",
                "agents call echo --cache never",
                "agents call echo --input 1 --input-file -",
                "agents call echo --approve r-1",
                "agents register",
                "slo",
                "slo check",
                "slo nonsense",
                "rollout",
                "rollout show",
                "rollout nonsense",
                "notify",
                "notify nonsense",
                "notify set",
                "notify set ann --about nonsense --webhook http://localhost",
                "notify show",
                "workflow",
                "workflow nonsense",
                "workflow start",
                "workflow start release --attribute a",
                "workflow list --state nonsense",
                "workflow show",
                "workflow cancel",
                "workflow approve",
                "chat --as-agent me",
                "chat --as-agent me --conversation c --customer cu",
                "chat --wait soon",
                "conversation",
                "conversation nonsense",
                "conversation list --state nonsense",
                "conversation show",
                "conversation erase",
                "deploy",
                "deploy nonsense",
                "deploy smoke --timeout soon",
                "help nonsense"
            })
    void wrongUsageIsStatusTwoAndOneLineWithAHint(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("millrace: ")
                .containsPattern(
                        "Try: ./millrace (help|(agents|slo|notify|rollout|workflow|conversation|deploy) \\w+ --help)");
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOne() {
        assertThat(run("publihs")).isEqualTo(2);
        assertThat(err.toString()).contains("publish");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tail reminders --kafka localhost:1",
                "publish task-events --kafka localhost:1",
                "replay task-events-dlq --kafka localhost:1",
                "jobs --kafka localhost:1 --flink http://localhost:1",
                "status --kafka localhost:1 --flink localhost:1",
                "status --json --kafka localhost:1 --flink localhost:1",
                "savepoint tasks --flink http://localhost:1",
                "savepoint nonsense",
                "redeploy tasks --jar /no/such.jar",
                "redeploy agents --jar /no/such.jar",
                "agents list --kafka localhost:1",
                "slo list --kafka localhost:1",
                "slo show --kafka localhost:1",
                "slo check /no/such.jsonl",
                "rollout list --kafka localhost:1",
                "rollout start x --kafka localhost:1",
                "rollout start * --kafka localhost:1",
                "rollout check /no/such.jsonl",
                "notify set ann",
                "notify set ann --email ann",
                "notify set ann --webhook ftp://localhost",
                "notify set ann --webhook http://localhost --quiet 22:00",
                "notify set ann --webhook http://localhost --quiet 22:00-7",
                "notify set ann --webhook http://localhost --zone Mars",
                "notify set ann --webhook http://localhost --digest daily",
                "notify set ann --webhook http://localhost --kafka localhost:1",
                "notify show ann --kafka localhost:1",
                "notify off ann --kafka localhost:1",
                "workflow list --kafka localhost:1",
                "workflow show release-7 --kafka localhost:1",
                "workflow start release --kafka localhost:1",
                "workflow start Release",
                "workflow start release --version one",
                "workflow start release --input {",
                "workflow start release --input @/no/such.json",
                "workflow retry release-7 --input {",
                "workflow signal release-7 go --data {",
                "workflow publish /no/such.yaml --kafka localhost:1",
                "chat --kafka localhost:1",
                "chat --conversation c --as-agent me --kafka localhost:1",
                "chat --conversation me@example.com",
                "chat --customer me@example.com",
                "conversation list --kafka localhost:1",
                "conversation show c --kafka localhost:1",
                "conversation erase cu --kafka localhost:1",
                "conversation erase me@example.com",
                "deploy check",
                "deploy smoke --kafka localhost:1",
                "deploy smoke --kafka-properties /no/such.properties",
                "agents show echo --kafka localhost:1",
                "agents remove echo --kafka localhost:1",
                "agents invalidate echo --kafka localhost:1",
                "agents register /no/such.yaml --kafka localhost:1",
                "agents register /etc/hostname --kafka localhost:1",
                "agents call echo --kafka localhost:1",
                "agents call no/agent --kafka localhost:1",
                "agents call echo --input {",
                "agents call echo --input-file /no/such.json",
                "agents call echo --timeout 8d",
                "agents call echo --approve r --approved-by me --approval-key /no/such.key",
                "redeploy tasks --jar /etc/hostname --from /no/such/savepoint",
                "test"
            })
    void whatCannotBeDoneIsStatusOneWithoutAStackTrace(String line) {
        assertThat(run(line.split(" "))).isEqualTo(1);

        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void aDirectoryInPlaceOfAFileOfEventsIsNamed() {
        assertThat(run("publish", "task-events", "src")).isEqualTo(1);
        assertThat(err.toString()).contains("src is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents register ", "agents call echo --input-file ", "tail a --", "savepoint "})
    void whatATerminalWouldObeyIsShownOnly(String line) {
        assertThat(run((line + "no\u001b[31mfile\nforged").split(" "))).isPositive();

        assertThat(err.toString()).contains("no\\u001b[31mfile\\u000aforged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help",
                "help tail",
                "tail --help",
                "--help",
                "--version",
                "help test",
                "help agents",
                "agents call --help",
                "chat --help",
                "conversation erase --help"
            })
    void helpIsStatusZero(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("millrace");
    }

    @Test
    void theLauncherKnowsTheSameCommands() throws IOException {
        String launcher = Files.readString(Path.of("..", "millrace"));
        String commands = launcher.lines()
                .filter(line -> line.startsWith("readonly COMMANDS="))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow();

        assertThat(new TreeSet<>(Arrays.asList(commands.split(" "))))
                .isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }
}
