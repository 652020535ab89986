package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.agent.AgentCaller;
import io.millrace.local.agent.CallAnswer;
import io.millrace.local.agent.CallForm;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = {
            "Ask the documents as a customer would: which passages are found, and what the agent response would make of them.",
            "Exit status 1 when nothing is found."
        })
final class KnowledgeAskCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int SHOWN = 160;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "QUESTION", description = "In the customer's words.")
    private String question;

    @Option(
            names = "--language",
            paramLabel = "L",
            defaultValue = "en",
            description = "In which it is asked; default: ${DEFAULT-VALUE}.")
    private String language;

    @Option(
            names = "--audience",
            paramLabel = "A",
            defaultValue = "CUSTOMER",
            description = "Who asks: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Audience audience;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "3",
            description = "At most so many passages, up to 10; default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--json", description = "Print a JSON object with hits and answer.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        AgentCaller caller = new AgentCaller(kafka.connect());
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.put("query", question)
                .put("language", language)
                .put("audience", audience.name().toLowerCase(Locale.ROOT))
                .put("top", top);
        JsonNode hits = output(caller, "knowledge", query).path("hits");
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.put("text", question)
                .put("language", language)
                .put("intent", "other")
                .put("summary", "");
        asked.set("hits", hits);
        asked.putArray("history");
        JsonNode answer = hits.isEmpty() ? null : output(caller, "response", asked);
        if (json) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            out.set("hits", hits);
            out.set("answer", answer);
            System.out.println(VisibleText.of(out.toString()));
        } else {
            print(hits, answer);
        }
        return hits.isEmpty() ? 1 : 0;
    }

    /** What an agent answers; a call is made anew each time, so that a document that just changed counts. */
    private JsonNode output(AgentCaller caller, String agent, ObjectNode input) throws IOException {
        CallForm form = new CallForm(
                tenant.name(),
                UUID.randomUUID().toString(),
                agent,
                input.toString(),
                "the question",
                TIMEOUT,
                CacheMode.OFF,
                null);
        CallAnswer answer = caller.ask(form.call(), TIMEOUT.plus(GRACE))
                .orElseThrow(() -> new CommandFailure("the agent " + agent + " gave no answer within "
                        + Figures.time(TIMEOUT) + "; is the job agents running? ./millrace status tells"));
        if (answer.rejection() != null) {
            throw new CommandFailure("the job refused the call: " + answer.rejection());
        }
        if (answer.result().status() != Status.OK) {
            throw new CommandFailure("the agent " + agent + " did not answer: "
                    + answer.result().error().message() + " ("
                    + answer.result().error().code().wireName() + ")");
        }
        return JSON.readTree(answer.json()).path("output");
    }

    private void print(JsonNode hits, JsonNode answer) {
        Terminal terminal = Terminal.ofProcess(System.out);
        if (hits.isEmpty()) {
            terminal.println("nothing is found; ./millrace knowledge list shows what there is");
            return;
        }
        for (JsonNode hit : hits) {
            String section = hit.path("section").asText();
            terminal.println(terminal.bold(String.format(
                            Locale.ROOT,
                            "%.2f  %s",
                            hit.path("score").asDouble(),
                            VisibleText.of(hit.path("title").asText())))
                    + (section.isEmpty() ? "" : " › " + VisibleText.of(section)) + "  ("
                    + VisibleText.of(hit.path("document_id").asText()) + ", "
                    + VisibleText.of(hit.path("language").asText()) + ")");
            terminal.println(
                    "      " + VisibleText.of(shortened(hit.path("text").asText())));
        }
        terminal.println(terminal.bold("answer")
                + String.format(
                        Locale.ROOT,
                        ", confidence %.2f",
                        answer.path("confidence").asDouble()));
        answer.path("text").asText().lines().forEach(line -> terminal.println("      " + VisibleText.of(line)));
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
