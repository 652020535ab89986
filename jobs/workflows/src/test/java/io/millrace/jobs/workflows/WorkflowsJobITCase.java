package io.millrace.jobs.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import io.millrace.operators.workflow.RunOperator;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowStart;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.jobs.ReplayAudit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real broker and a real cluster, with agents that are stand-ins. */
@Timeout(420)
class WorkflowsJobITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "acme";
    private static final int RUNS = 30;

    private static final String PAIR =
            """
            document: {dsl: '1.0.3', namespace: default, name: pair, version: 1.0.0}
            do:
              - first:
                  call: agent
                  with: {agent: echo, input: {n: '${ .n }', step: 1}}
              - pause:
                  wait: {milliseconds: 300}
              - second:
                  call: agent
                  with: {agent: echo, input: {n: '${ .n }', step: 2}}
            """;

    private static final String ASKING =
            """
            document: {dsl: '1.0.3', namespace: default, name: asking, version: 1.0.0}
            do:
              - ask:
                  call: approval
                  with:
                    message: Release it?
                    approvers: [ada, bob]
                    quorum: 2
                    expires_after: {seconds: 3}
                    on_expiry: reject
            """;

    @TempDir
    static Path directory;

    private static JobBed bed;
    private static JobTopics topics;
    private static StandInAgents agents;
    private static JobID job;

    @BeforeAll
    static void start() throws Exception {
        bed = JobBed.start(WorkflowsJob.JOB, directory, 2, 1);
        topics = bed.topics("run-");
        agents = new StandInAgents(topics);
        job = bed.run(2, topics.arguments("--definition-wait", "2 s"));
        define("pair", PAIR);
        define("asking", ASKING);
    }

    @AfterAll
    static void stop() throws Exception {
        bed.cluster().cancel(job);
        topics.close();
        bed.close();
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), TENANT, null, null);
    }

    private static WorkflowDefined define(String workflow, String text) {
        return define(workflow, "1.0.0", text);
    }

    private static WorkflowDefined define(String workflow, String version, String text) {
        WorkflowDefined defined = new WorkflowDefined(
                envelope("workflow.defined"), workflow, version, WorkflowDefined.digestOf(text), text);
        topics.publish("workflow-definitions", defined.key(), defined.toJson());
        return defined;
    }

    private static void start(String runId, String workflow, String input) {
        start(runId, workflow, "1.0.0", input);
    }

    /** @param version null for none */
    private static void start(String runId, String workflow, String version, String input) {
        WorkflowStart start =
                new WorkflowStart(envelope("workflow.start"), runId, workflow, version, input, Map.of(), null);
        topics.publish("workflow-commands", runId, start.toJson());
    }

    private static void decide(String runId, String requestId, String by) {
        ApprovalDecided decided =
                new ApprovalDecided(envelope("approval.decided"), runId, requestId, "approve", by, null, null);
        topics.publish("approval-decisions", runId, decided.toJson());
    }

    /** The latest view of each run whose id begins so. */
    private static Map<String, JsonNode> views(String prefix) {
        Map<String, JsonNode> views = new TreeMap<>();
        for (JsonNode view : topics.jsonOf("workflow-runs")) {
            String runId = view.path("run_id").asText();
            if (runId.startsWith(prefix)) {
                views.merge(
                        runId,
                        view,
                        (before, now) -> now.path("number").asLong()
                                        >= before.path("number").asLong()
                                ? now
                                : before);
            }
        }
        return views;
    }

    private static long inState(String prefix, String state) {
        return views(prefix).values().stream()
                .filter(view -> view.path("state").asText().equals(state))
                .count();
    }

    private static Predicate<JsonNode> ofRuns(String prefix) {
        return call -> call.path("reply_key").asText().startsWith(prefix);
    }

    @Test
    void runsFinishOnceThoughTaskManagersDieAndAnswersComeTwice() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            start("pair-" + i, "pair", "{\"n\":" + i + "}");
            start("pair-" + i, "pair", "{\"n\":-1}");
        }
        topics.await("each run calls", () -> distinctCalls("pair-") >= RUNS);
        bed.cluster().awaitCheckpoint(job);
        agents.answer(ofRuns("pair-"));
        bed.cluster().replaceTaskManagers();
        bed.cluster().awaitRunning(job);
        topics.await("all runs end", () -> {
            agents.answer(ofRuns("pair-"));
            return inState("pair-", "completed") == RUNS;
        });
        agents.repeat();
        start("pair-last", "pair", "{\"n\":99}");
        topics.await("what came late is read", () -> {
            agents.answer(ofRuns("pair-"));
            return inState("pair-", "completed") == RUNS + 1;
        });

        assertThat(distinctCalls("pair-")).as("each call has one key").isEqualTo(2 * (RUNS + 1));
        for (int i = 0; i < RUNS; i++) {
            assertThat(views("pair-").get("pair-" + i).path("output").path("n").asInt())
                    .isEqualTo(i);
        }
        requireWhatTheLogSays("pair-");
    }

    private static long distinctCalls(String prefix) {
        return agents.calls().stream()
                .filter(ofRuns(prefix))
                .map(call -> call.path("call_key").asText())
                .distinct()
                .count();
    }

    @Test
    void decisionsCountWhenTheyAreInTimeAndOfThoseWhoMayDecide() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            start("ask-" + i, "asking", "null");
        }
        topics.await("each asks", () -> requests().size() == RUNS);
        Map<String, String> requests = requests();
        requests.forEach((runId, requestId) -> {
            decide(runId, requestId, "mallory");
            decide(runId, requestId, "ada");
            decide(runId, requestId, "ada");
        });
        topics.await("each refused the stranger", () -> refusals("mallory").size() == RUNS);
        // Of half of them the second vote is in time, of the others it comes about when the request expires: the log
        // says
        // which was first.
        vote(requests, runId -> runId.hashCode() % 2 == 0);
        topics.await("the first expires", () -> views("ask-").values().stream()
                .anyMatch(view -> view.at("/output/expired").asBoolean()));
        vote(requests, runId -> runId.hashCode() % 2 != 0);
        topics.await("each run ends", () -> inState("ask-", "completed") + inState("ask-", "failed") == RUNS);

        assertThat(requests()).isEqualTo(requests);
        requireWhatTheLogSays("ask-");
    }

    private static void vote(Map<String, String> requests, Predicate<String> which) {
        requests.forEach((runId, requestId) -> {
            if (which.test(runId)) {
                decide(runId, requestId, "bob");
            }
        });
    }

    private static Map<String, String> requests() {
        Map<String, String> requests = new HashMap<>();
        topics.jsonOf("approval-requests")
                .forEach(request -> requests.put(
                        request.path("run_id").asText(),
                        request.path("request_id").asText()));
        return requests;
    }

    private static Set<String> refusals(String by) {
        return topics.jsonOf("workflow-events").stream()
                .filter(event -> event.path("change").asText().equals("decision_refused")
                        && event.path("by").asText().equals(by))
                .map(event -> event.path("run_id").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsBadIsADeadLetterOrARefusedRunAndTheJobGoesOn() throws Exception {
        byte[] bad = {'{', 0, 'x'};
        List<String> inputs =
                List.of("workflow-definitions", "workflow-commands", "approval-decisions", "workflow-inbox");
        inputs.forEach(topic -> topics.publish(topic, "x", bad));
        define("pair", PAIR.replace("300", "301"));
        define("broken", PAIR.replace("name: pair", "name: broken").replace("call: agent", "call: nothing"));
        start("bad-1", "nobody-defined-this", "null");
        WorkflowControl cancel = new WorkflowControl(
                envelope("workflow.control"), "bad-2", WorkflowControl.Action.CANCEL, "ada", null, null);
        topics.publish("workflow-commands", "bad-2", cancel.toJson());

        for (String topic : inputs) {
            topics.await("dead letters of " + topic, () -> !topics.read(topic + "-dlq")
                    .isEmpty());
        }
        topics.await("the definitions are refused", () -> codes("workflow-definitions-dlq")
                .containsAll(Set.of("version_exists", "invalid_workflow")));
        topics.await("the run is refused", () -> inState("bad-1", "refused") == 1);
        start("bad-3", "pair", "{\"n\":1}");
        topics.await("the job goes on", () -> {
            agents.answer(ofRuns("bad-3"));
            return inState("bad-3", "completed") == 1;
        });
    }

    @Test
    void aFlagChoosesTheVersionAndHowItsRunsGoIsTold() throws Exception {
        String flag =
                "{\"state\":\"ENABLED\",\"variants\":{\"v1\":\"1.0.0\",\"v2\":\"2.0.0\"},\"defaultVariant\":\"v1\"}";
        define("staged", "1.0.0", PAIR.replace("name: pair", "name: staged"));
        define(
                "staged",
                "2.0.0",
                PAIR.replace("name: pair", "name: staged").replace("version: 1.0.0", "version: 2.0.0"));
        topics.publish("flags", "workflow.staged", flag);
        start("staged-1", "staged", null, "{\"n\":1}");
        start("staged-2", "staged", "2.0.0", "{\"n\":2}");

        topics.await("both end", () -> {
            agents.answer(ofRuns("staged-"));
            return inState("staged-", "completed") == 2;
        });
        topics.await("it is told", () -> !topics.jsonOf("health-signals").isEmpty());

        assertThat(views("staged-").get("staged-1").path("version").asText()).isEqualTo("1.0.0");
        assertThat(topics.jsonOf("health-signals")).singleElement().satisfies(signal -> {
            assertThat(signal.path("flag").asText()).isEqualTo("workflow.staged");
            assertThat(signal.path("variant").asText()).isEqualTo("v1");
            assertThat(signal.path("source").asText()).isEqualTo("workflows");
        });
    }

    private static Set<String> codes(String topic) {
        return topics.read(topic).stream()
                .map(letter ->
                        new String(letter.headers().lastHeader("error_code").value(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    /** What was told of the runs is what follows from their inboxes, whatever crashed in between. */
    private static void requireWhatTheLogSays(String prefix) throws Exception {
        topics.await(
                "all that the log says",
                () -> told(prefix).keySet().containsAll(whatTheLogSays(prefix).keySet()));

        assertThat(told(prefix)).isEqualTo(whatTheLogSays(prefix));
    }

    private static Map<String, JsonNode> whatTheLogSays(String prefix) throws Exception {
        long last = topics.jsonOf("workflow-events").stream()
                .map(event -> Instant.parse(event.path("occurred_at").asText()).toEpochMilli())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Program pair = DefinitionReader.read(definition("pair", PAIR));
        Program asking = DefinitionReader.read(definition("asking", ASKING));
        Map<String, Program> programs =
                Map.of(WorkflowDefined.digestOf(PAIR), pair, WorkflowDefined.digestOf(ASKING), asking);
        ReplayAudit<RunState, WorkflowInput, RunCommand> audit = new ReplayAudit<>(
                        WorkflowInput::read,
                        RunOperator::key,
                        new RunDecider((tenant, digest) -> programs.get(digest), RunLimits.DEFAULT))
                .read(topics.read("workflow-inbox"))
                .until(last);
        Map<String, JsonNode> expected = new HashMap<>();
        for (RunCommand command : audit.commands()) {
            if (command instanceof RunCommand.Tell tell && tell.event().runId().startsWith(prefix)) {
                expected.put(
                        tell.event().envelope().eventId().toString(),
                        JSON.readTree(tell.event().toJson()));
            }
        }
        return expected;
    }

    private static Map<String, JsonNode> told(String prefix) {
        Map<String, JsonNode> told = new HashMap<>();
        for (JsonNode event : topics.jsonOf("workflow-events")) {
            if (event.path("run_id").asText().startsWith(prefix)) {
                JsonNode before = told.put(event.path("event_id").asText(), event);
                assertThat(event).as("what comes again says the same").isEqualTo(before == null ? event : before);
            }
        }
        return told;
    }

    private static WorkflowDefined definition(String workflow, String text) {
        return new WorkflowDefined(
                envelope("workflow.defined"), workflow, "1.0.0", WorkflowDefined.digestOf(text), text);
    }
}
