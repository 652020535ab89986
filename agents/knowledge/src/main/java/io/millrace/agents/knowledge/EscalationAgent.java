package io.millrace.agents.knowledge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.agents.embeddings.Embeddings;
import io.millrace.agents.embeddings.Glosses;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code escalation}: {@code {"reason":"…","text":"…","language":"…","history":[…],"hits":[…]}} to {@code
 * {"summary":"…","priority":"P2","suggested_answer":"…"}}: what a person needs to go on, in the customer's own words and
 * those of the documents.
 */
public final class EscalationAgent implements Agent {
    private static final int MAX_TEXT = 4_000;
    private static final int HISTORY = 50;
    private static final int FIRST_CHARACTERS = 300;
    private static final int LAST_CHARACTERS = 500;

    private final Embeddings embeddings = new Embeddings();
    private final Excerpt excerpt = new Excerpt((text, language) -> embeddings.of(Glosses.english(text, language)));

    /** For {@link java.util.ServiceLoader}. */
    public EscalationAgent() {}

    @Override
    public String name() {
        return "escalation";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        AgentInput input = AgentInput.of(request.input());
        String reason = input.beginning("reason", 100);
        String text = input.beginning("text", MAX_TEXT);
        String language = input.optionalBeginning("language", 20);
        List<Said> history = Said.read(input, HISTORY);
        ObjectNode answer = AgentInput.JSON
                .createObjectNode()
                .put("summary", summary(text, history, Frames.of(language)))
                .put("priority", Urgency.of(reason, text, history));
        String suggested = suggested(text, language == null ? "en" : language, Hit.read(input));
        if (suggested != null) {
            answer.put("suggested_answer", suggested);
        }
        return CompletableFuture.completedFuture(answer.toString());
    }

    /** How it began, how often it was answered, and what is open: what customers said, as they said it. */
    static String summary(String text, List<Said> history, Frames frame) {
        List<String> lines = new ArrayList<>();
        history.stream()
                .filter(said -> said.isOfCustomer() && !said.text().strip().equals(text.strip()))
                .findFirst()
                .ifPresent(said ->
                        lines.add(frame.text("summary.first").formatted(oneLine(said.text(), FIRST_CHARACTERS))));
        long answers = history.stream().filter(said -> !said.isOfCustomer()).count();
        if (answers > 0) {
            lines.add(frame.text("summary.answers").formatted(answers));
        }
        lines.add(frame.text("summary.last").formatted(oneLine(text, LAST_CHARACTERS)));
        return String.join("\n", lines);
    }

    private static String oneLine(String text, int most) {
        String line = String.join(
                " ",
                text.lines().map(String::strip).filter(part -> !part.isEmpty()).toList());
        return line.length() <= most ? line : AgentInput.cut(line, most) + "…";
    }

    /** Null when no document says anything; one in another language is told of as it is, for a person to translate. */
    private String suggested(String text, String language, List<Hit> hits) {
        String wanted = Words.of(language).language();
        Hit hit = hits.stream()
                .filter(one -> Words.of(one.language()).language().equals(wanted))
                .findFirst()
                .orElse(hits.isEmpty() ? null : hits.get(0));
        if (hit == null) {
            return null;
        }
        String said = String.join(" ", Excerpt.of(hit, excerpt.weighed(text, List.of(hit))));
        return Words.of(hit.language()).language().equals(wanted) ? said : "[" + hit.language() + "] " + said;
    }

    @Override
    public void close() {
        embeddings.close();
    }
}
