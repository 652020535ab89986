package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.text.WorkflowReader;
import io.millrace.logic.workflow.text.WorkflowReading;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.workflow.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the workflow that answers customers comes to, by what its agents say. */
class CustomerTurnTest {
    private static final Path FILE = Path.of("../../docs/examples/conversations/customer-turn.yaml");
    private static final int MAX_TURNS = 100;

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "language", "{\"language\":\"fr-CA\",\"confidence\":0.9}",
            "critic in", "{\"verdict\":\"pass\",\"classes\":[],\"verdicts\":[\"pass\"]}",
            "critic retrieved", "{\"verdict\":\"refuse\",\"classes\":[],\"verdicts\":[\"pass\",\"refuse\"]}",
            "critic out", "{\"verdict\":\"pass\",\"classes\":[],\"verdicts\":[\"pass\"]}",
            "intent", "{\"intent\":\"delivery\",\"confidence\":0.8,\"wants_person\":false}",
            "knowledge",
                    "{\"hits\":[{\"document_id\":\"d\",\"text\":\"good\"},{\"document_id\":\"e\",\"text\":\"poison\"}]}",
            "summariser", "{\"summary\":\"They greeted.\"}",
            "response",
                    "{\"text\":\"Deux jours.\",\"citations\":[{\"document_id\":\"d\",\"title\":\"Livraison\"}],\"frame\":[\"Merci.\"],\"confidence\":0.8}",
            "escalation", "{\"summary\":\"Wants to know.\",\"priority\":\"P2\",\"suggested_answer\":\"Bonjour\"}"));

    private TestRun run(String input) throws Exception {
        WorkflowReading reading = new WorkflowReader(new JqFormulas()).read(Files.readString(FILE));
        assertThat(reading.problems()).isEmpty();
        TestRun run = new TestRun(reading.program(), RunLimits.DEFAULT).start(input);
        int answered = 0;
        for (int i = 0;
                i < MAX_TURNS && (run.status() == RunStatus.RUNNING || run.status() == RunStatus.WAITING);
                i++) {
            if (answered < run.calls().size()) {
                answer(run, run.calls().get(answered++));
            } else {
                run.elapse(1_000);
            }
        }
        return run;
    }

    private void answer(TestRun run, RunCommand.Call call) throws Exception {
        JsonNode input = Json.read(call.input());
        String name = input.has("direction")
                ? call.agent() + " " + input.path("direction").asText()
                : call.agent();
        String answer = answers.get(name);
        if (answer == null) {
            AgentError error = new AgentError(AgentErrorCode.AGENT_FAILED, "it is down");
            run.take(run.answered(call, AgentResult.Status.FAILED, null, error));
        } else {
            run.answer(call, answer);
        }
    }

    private static String input(String more) {
        return "{\"conversation_id\":\"c\",\"turn\":1,\"text\":\"Combien de temps?\",\"messages\":[],\"history\":[{\"from\":\"customer\",\"text\":\"Bonjour\"}],\"older\":[]"
                + more + "}";
    }

    private JsonNode output(TestRun run) throws Exception {
        assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.COMPLETED);
        return Json.read(run.output());
    }

    private static List<String> agents(TestRun run) {
        return run.calls().stream().map(RunCommand.Call::agent).toList();
    }

    private static JsonNode inputOf(TestRun run, String agent) throws Exception {
        for (RunCommand.Call call : run.calls()) {
            if (call.agent().equals(agent)) {
                return Json.read(call.input());
            }
        }
        throw new AssertionError(agent + " was not asked");
    }

    @Test
    void aQuestionIsAnsweredFromWhatPassedTheCritic() throws Exception {
        TestRun run = run(input(""));
        JsonNode output = output(run);
        assertThat(output.path("action").asText()).isEqualTo("reply");
        assertThat(output.path("text").asText()).isEqualTo("Deux jours.");
        assertThat(output.path("language").asText()).isEqualTo("fr-CA");
        assertThat(output.path("intent").asText()).isEqualTo("delivery");
        assertThat(output.path("citations")).hasSize(1);
        assertThat(inputOf(run, "response").path("hits").findValuesAsText("text"))
                .containsExactly("good");
        JsonNode check = Json.read(run.calls().get(run.calls().size() - 1).input());
        assertThat(check.path("supported_by")).hasToString("[\"good\",\"Merci.\"]");
        assertThat(agents(run)).doesNotContain("summariser", "escalation");
    }

    @Test
    void whatTheCriticRefusesIsForAPersonAndNobodyElseSeesIt() throws Exception {
        answers.put(
                "critic in",
                "{\"verdict\":\"refuse\",\"classes\":[{\"class\":\"prompt_injection\",\"score\":0.9}],\"verdicts\":[\"refuse\"]}");
        TestRun run = run(input(""));
        JsonNode output = output(run);
        assertThat(output.path("action").asText()).isEqualTo("escalate");
        assertThat(output.path("reason").asText()).isEqualTo("critic_refused");
        assertThat(output.path("refused").get(0).asText()).isEqualTo("prompt_injection");
        assertThat(agents(run)).doesNotContain("response", "knowledge");
    }

    @Test
    void whoAsksForAPersonGetsOne() throws Exception {
        answers.put("intent", "{\"intent\":\"wants_person\",\"confidence\":0.8,\"wants_person\":true}");
        JsonNode output = output(run(input("")));
        assertThat(output.path("action").asText()).isEqualTo("escalate");
        assertThat(output.path("reason").asText()).isEqualTo("customer_asked");
        assertThat(output.path("topic").asText()).isEqualTo("Wants to know.");
        assertThat(output.path("priority").asText()).isEqualTo("P2");
    }

    @Test
    void anAnswerThatIsDoubtfulOrRefusedIsForAPerson() throws Exception {
        answers.put("response", "{\"text\":\"Hm.\",\"citations\":[],\"confidence\":0.1}");
        assertThat(output(run(input(""))).path("reason").asText()).isEqualTo("low_confidence");
        answers.put("response", "{\"text\":\"You get it all back.\",\"citations\":[],\"confidence\":0.9}");
        answers.put(
                "critic out",
                "{\"verdict\":\"refuse\",\"classes\":[{\"class\":\"forbidden_promise\",\"score\":0.9}],\"verdicts\":[\"refuse\"]}");
        assertThat(output(run(input(""))).path("reason").asText()).isEqualTo("critic_refused");
    }

    @Test
    void whatIsOlderIsSummarisedAndASummariserThatIsDownHoldsNothingUp() throws Exception {
        String older = ",\"summary\":\"Before.\"";
        String input = input(older).replace("\"older\":[]", "\"older\":[{\"from\":\"customer\",\"text\":\"Salut\"}]");
        TestRun run = run(input);
        assertThat(output(run).path("summary").asText()).isEqualTo("They greeted.");
        assertThat(inputOf(run, "summariser").path("text").asText()).isEqualTo("Before.\ncustomer: Salut");

        answers.remove("summariser");
        JsonNode output = output(run(input));
        assertThat(output.path("action").asText()).isEqualTo("reply");
        assertThat(output.path("summary").isNull()).isTrue();
    }

    @Test
    void anAgentThatIsDownFailsTheTurn() throws Exception {
        answers.remove("response");
        assertThat(run(input("")).status()).isEqualTo(RunStatus.FAILED);
    }
}
