package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.expressions.Budget;
import io.millrace.expressions.Expression;
import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.text.WorkflowReader;
import io.millrace.logic.workflow.text.WorkflowReading;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the workflows that come with Millrace come to, with agents that answer as those of the demo do. */
class ExampleRunsTest {
    private static final Path FOLDER = Path.of("../../docs/examples/workflows");
    private static final int MAX_TURNS = 200;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            finance-feature-check | .      | .balanced and .total == 0 and .summary != null | 3
            finance-feature-check | .entries[0].amount = 1 | .balanced == false and .total == 121 | 3
            gateway-health        | .      | . == {asked: 3, slow: ["search"]} | 4
            gateway-health        | {}     | . == {asked: 3, slow: []} | 3
            ticket-triage         | .      | .sent_to == "billing" | 1
            ticket-triage         | .severity = "critical" | .sent_to == "on-call" | 1
            ticket-triage         | .tags = [] | .sent_to == "backlog" | 0
            optimise              | .      | . == {met: true, latency_ms: 164, rounds: 3} | 3
            optimise              | .latency_ms = 5000 | . == {met: false, latency_ms: 840, rounds: 5} | 5
            optimise              | .latency_ms = 10 | . == {met: true, latency_ms: 10, rounds: 0} | 0
            report-pipeline       | .      | map(.title) == ["Incident 12", "Incident 13"] and .[0].summary == "The search index was full" | 5
            report-pipeline       | {}     | . == [] | 1
            security-scan         | .      | .component == "checkout" and .critical[0].id == "CVE-2026-0001" | 2
            security-scan         | del(.findings) | .critical == [] and .others == 0 | 1
            patch-approval        | .      | . == {service: "billing", applied: true} | 2
            release-graph         | .      | . == {artifact: "billing-4.2.0.jar", image: "billing-4.2.0.oci"} | 5
            resilient-notice      | .      | .dashboard_told == false | 5
            resilient-notice      | . + {first: "ada", dashboard: "wall"} | .told == "first" and .dashboard_told | 2
            order-saga            | .      | . == {order: "o-17", shipped: false, because: "Nothing is left to be shipped"} | 4
            order-saga            | .stock = 1 | .shipped and .charged == 42.5 | 3
            """)
    void anExampleComesToItsEnd(String example, String input, String expected, String calls) throws Exception {
        String given = Files.readString(FOLDER.resolve(example + ".input.json"));
        TestRun run = played(example, jq(input, Json.read(given)).toString(), "approve");
        assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.COMPLETED);
        assertThat(jq(expected, Json.read(run.output()))).as(run.output()).hasToString("true");
        assertThat(run.calls()).hasSize(Integer.parseInt(calls));
    }

    private static JsonNode jq(String expression, JsonNode input) throws Exception {
        return Expression.compile(expression, Set.of()).evaluateFirst(input, Map.of(), Budget.DEFAULT);
    }

    private static TestRun played(String example, String input, String choice) throws Exception {
        WorkflowReading reading =
                new WorkflowReader(new JqFormulas()).read(Files.readString(FOLDER.resolve(example + ".yaml")));
        assertThat(reading.problems()).isEmpty();
        TestRun run = new TestRun(reading.program(), RunLimits.DEFAULT).start(input);
        int answered = 0;
        int decided = 0;
        for (int turn = 0; turn < MAX_TURNS && isOpen(run); turn++) {
            if (answered < run.calls().size()) {
                answer(run, run.calls().get(answered++));
            } else if (decided < run.asks().size()) {
                decide(run, run.asks().get(decided++), choice);
            } else {
                run.elapse(1_000);
            }
        }
        return run;
    }

    private static boolean isOpen(TestRun run) {
        return run.status() == RunStatus.RUNNING || run.status() == RunStatus.WAITING;
    }

    private static void decide(TestRun run, ApprovalRequested request, String choice) {
        for (int i = 0; i < request.quorum(); i++) {
            run.take(run.decision(request.requestId(), request.approvers().get(i), choice));
        }
    }

    private static void answer(TestRun run, RunCommand.Call call) throws StepFailure {
        JsonNode input = Json.read(call.input());
        if (call.agent().equals("notifier") && !input.path("to").isTextual()) {
            AgentError error = new AgentError(AgentErrorCode.INPUT_INVALID, "to is missing");
            run.take(run.answered(call, AgentResult.Status.FAILED, null, error));
        } else {
            run.answer(call, output(call.agent(), input).toString());
        }
    }

    private static JsonNode output(String agent, JsonNode input) {
        return switch (agent) {
            case "echo" -> input;
            case "summariser" ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put("summary", input.path("text").asText().replaceAll("\\..*", ""));
            case "notifier" -> JsonNodeFactory.instance.objectNode().put("sent", true);
            default -> throw new AssertionError("there is no agent " + agent);
        };
    }

    @Test
    void aPatchThatIsNotApprovedIsNotApplied() throws Exception {
        String given = Files.readString(FOLDER.resolve("patch-approval.input.json"));
        assertThat(played("patch-approval", given, "reject").output()).contains("\"applied\":false");
    }
}
