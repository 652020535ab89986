package io.millrace.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at the keyboard sees of a workflow of two agents and an approval. */
class WorkflowCommandsITCase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOTE =
            """
            document: {dsl: '1.0.3', namespace: default, name: note, version: 1.0.0}
            do:
              - summarise:
                  call: agent
                  with: {agent: summariser, input: {summary: '${ .text }'}}
              - ask:
                  call: approval
                  with: {message: '${ "Send this? " + .summary }', approvers: [ada], expires_after: {hours: 1}}
              - send:
                  if: ${ .approved }
                  call: agent
                  with: {agent: notifier, input: {to: team}}
            """;

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static StandInRuns job;

    private final CommandRunner commands = new CommandRunner();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(
                    TopicSpec.logAppended(Topics.WORKFLOW_DEFINITIONS, 1),
                    TopicSpec.logAppended(Topics.WORKFLOW_COMMANDS, 2),
                    TopicSpec.logAppended(Topics.APPROVAL_DECISIONS, 2),
                    TopicSpec.logAppended(Topics.APPROVAL_REQUESTS, 2),
                    TopicSpec.logAppended(Topics.WORKFLOW_EVENTS, 2),
                    TopicSpec.logAppended(Topics.WORKFLOW_RUNS, 2).with(Map.of("cleanup.policy", "compact")),
                    TopicSpec.deadLetters(Topics.WORKFLOW_DEFINITIONS_DLQ, 1),
                    TopicSpec.deadLetters(Topics.WORKFLOW_COMMANDS_DLQ, 1),
                    TopicSpec.deadLetters(Topics.APPROVAL_DECISIONS_DLQ, 1)));
        }
        job = new StandInRuns(KafkaConnection.to(broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        job.close();
        broker.close();
    }

    private int workflow(String... args) {
        List<String> all = new ArrayList<>(List.of("workflow"));
        all.addAll(List.of(args));
        if (!args[0].equals("validate")) {
            all.addAll(List.of("--kafka", broker.bootstrapServers()));
        }
        return commands.run(all.toArray(String[]::new));
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void aWorkflowIsPublishedRunApprovedAndShown() throws Exception {
        String file = file("note.yaml", NOTE).toString();
        assertThat(workflow("validate", file)).isZero();
        assertThat(commands.out()).contains("note 1.0.0 can be run");
        assertThat(workflow("publish", file)).isZero();
        assertThat(commands.out()).startsWith("published note 1.0.0, digest ");

        assertThat(workflow(
                        "start", "note", "--id", "first", "--input", "{\"text\":\"rent\"}", "--attribute", "for=me"))
                .isZero();
        assertThat(commands.out()).isEqualTo("started first, note 1.0.0\n");
        assertThat(workflow("start", "note", "--id", "first")).isZero();
        assertThat(commands.out()).startsWith("first was started before, and is ");
        assertThat(workflow("list", "--state", "waiting,running", "--attribute", "for=me"))
                .isZero();
        assertThat(commands.out()).containsPattern("first +note 1.0.0 +waiting").contains("approval: Send this? rent");
        assertThat(workflow("approvals")).isZero();
        assertThat(commands.out()).contains("first").contains("Send this? rent");

        assertThat(workflow("approve", "first", "--as", "mallory")).isEqualTo(1);
        assertThat(workflow("approve", "first", "--as", "ada", "--comment", "go"))
                .isZero();
        assertThat(commands.out()).isEqualTo("first: ada chose approve\n");

        assertThat(workflow("show", "first", "--follow")).isZero();
        assertThat(commands.out())
                .startsWith("first  note 1.0.0  completed")
                .contains("for=me")
                .containsPattern("cost +0.00032, \\d+ steps ended, 0 retries")
                .containsPattern("✓ summarise +agent +completed +1")
                .containsPattern("✓ ask +approval +completed")
                .containsPattern("✓ send +agent +completed +1")
                .contains("\"to\" : \"team\"");
        assertThat(workflow("show", "first", "--json")).isZero();
        JsonNode shown = JSON.readTree(commands.out());
        assertThat(shown.at("/run/state").asText()).isEqualTo("completed");
        assertThat(shown.path("events").size()).isGreaterThan(5);
        assertThat(workflow("approvals")).isZero();
        assertThat(commands.out()).isEqualTo("nothing waits for an approval\n");
        assertThat(workflow("approve", "first")).isEqualTo(1);
    }

    @Test
    void runsAreSuspendedResumedAndCancelled() throws Exception {
        assertThat(workflow(
                        "publish",
                        file("waits.yaml", NOTE.replace("name: note", "name: waits"))
                                .toString()))
                .isZero();
        assertThat(workflow("start", "waits", "--id", "w-1", "--input", "{\"text\":\"a\"}"))
                .isZero();

        assertThat(workflow("suspend", "w-1", "--reason", "later")).isZero();
        assertThat(commands.out()).isEqualTo("suspended w-1\n");
        assertThat(workflow("suspend", "w-1")).as("it is already").isEqualTo(1);
        assertThat(workflow("resume", "w-1")).isZero();
        assertThat(workflow("signal", "w-1", "go", "--data", "1")).isZero();
        assertThat(workflow("cancel", "w-1")).isZero();
        assertThat(commands.out()).isEqualTo("cancelled w-1\n");
        assertThat(workflow("retry", "w-1")).isEqualTo(1);
        assertThat(workflow("cancel", "nobody")).isEqualTo(1);
        assertThat(workflow("list", "--state", "cancelled", "--json")).isZero();
        assertThat(JSON.readTree(commands.out()).get(0).path("run_id").asText()).isEqualTo("w-1");
    }

    @Test
    void allRunsOfAKindAreListedFirstAndThenDoneAtOnce() throws Exception {
        assertThat(workflow(
                        "publish",
                        file("many.yaml", NOTE.replace("name: note", "name: many"))
                                .toString()))
                .isZero();
        for (int i = 0; i < 5; i++) {
            assertThat(workflow(
                            "start",
                            "many",
                            "--id",
                            "m-" + i,
                            "--input",
                            "{\"text\":\"a\"}",
                            "--attribute",
                            "odd=" + i % 2))
                    .isZero();
        }

        assertThat(workflow("suspend", "--name", "many", "--attribute", "odd=1"))
                .isZero();
        assertThat(commands.out()).contains("m-1", "m-3").contains("2 would be suspended; --yes does it");
        assertThat(workflow("list", "--name", "many", "--state", "suspended")).isZero();
        assertThat(commands.out()).contains("there is no such run");

        assertThat(workflow("suspend", "--name", "many", "--attribute", "odd=1", "--yes"))
                .isZero();
        assertThat(commands.out().lines()).containsExactlyInAnyOrder("suspended m-1", "suspended m-3");
        assertThat(workflow("cancel", "--name", "many", "--yes")).isZero();
        assertThat(commands.out().lines()).hasSize(5);
        assertThat(workflow("cancel", "--name", "many", "--yes")).isZero();
        assertThat(commands.out()).contains("there is no such run");
        assertThat(workflow("cancel", "m-1", "nobody")).isEqualTo(1);
        assertThat(commands.err()).contains("nothing is known of a run 'nobody'");
        assertThat(workflow("cancel")).isEqualTo(2);
        assertThat(workflow("cancel", "m-1", "--name", "many")).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        String changed = NOTE.replace("name: note", "name: changed");
        assertThat(workflow("publish", file("changed.yaml", changed).toString()))
                .isZero();
        assertThat(workflow("publish", file("changed.yaml", changed).toString()))
                .as("the same again")
                .isZero();
        assertThat(workflow(
                        "publish",
                        file("changed.yaml", changed.replace("hours: 1", "hours: 2"))
                                .toString()))
                .as("a version stays what it is")
                .isEqualTo(1);
        assertThat(workflow(
                        "validate",
                        file("bad.yaml", NOTE.replace("call: agent", "call: nothing"))
                                .toString()))
                .isEqualTo(1);
        assertThat(workflow("start", "nobody-defined-this")).isEqualTo(1);
        assertThat(workflow("show", "nobody")).isEqualTo(1);
    }
}
