package io.millrace.agents.knowledge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.agents.embeddings.Embeddings;
import io.millrace.agents.embeddings.Glosses;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code response}: {@code {"text":"…","language":"fr-CA","intent":"…","hits":[…]}} to {@code
 * {"text":"…","citations":[…],"frame":["…"],"confidence":0.7,"extractive":true}}. It says what the documents say, in their words, and
 * nothing of its own but the politeness around it.
 */
public final class ResponseAgent implements Agent {
    /** When the documents are in another language, or there are none. */
    static final double LOW = 0.1;
    /** Of a greeting: nothing can be wrong with the answer. */
    static final double CERTAIN = 0.95;

    private static final int MAX_TEXT = 4_000;
    private static final int MOST_DOCUMENTS = 2;
    /** Documents whose score is less than so much of the first one's are not looked at. */
    private static final double LOOKED_AT = 0.75;
    /** A second document is told of when its best sentence weighs at least so much of the first one's. */
    private static final double SECOND = 0.92;

    private final Embeddings embeddings = new Embeddings();
    private final Excerpt excerpt = new Excerpt((text, language) -> embeddings.of(Glosses.english(text, language)));

    /** For {@link java.util.ServiceLoader}. */
    public ResponseAgent() {}

    @Override
    public String name() {
        return "response";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        AgentInput input = AgentInput.of(request.input());
        String text = input.beginning("text", MAX_TEXT);
        String language = input.optionalBeginning("language", 20);
        String intent = input.optionalBeginning("intent", 100);
        Answer answer =
                answer(text, language == null ? "en" : language, intent == null ? "other" : intent, Hit.read(input));
        return CompletableFuture.completedFuture(answer.json());
    }

    /**
     * @param cited documents that the text is from
     * @param frame what of the text is from none
     */
    record Answer(String text, List<Hit> cited, List<String> frame, double confidence) {
        static Answer ofFrame(String text, List<Hit> cited, double confidence) {
            return new Answer(text, cited, List.of(text), confidence);
        }

        String json() {
            ObjectNode answer = AgentInput.JSON.createObjectNode().put("text", text);
            ArrayNode citations = answer.putArray("citations");
            for (Hit hit : cited) {
                ObjectNode citation = citations
                        .addObject()
                        .put("document_id", hit.documentId())
                        .put("title", hit.title());
                if (hit.url() != null) {
                    citation.put("url", hit.url());
                }
            }
            ArrayNode ours = answer.putArray("frame");
            frame.forEach(ours::add);
            return answer.put("confidence", Math.round(confidence * 100) / 100.0)
                    .put("extractive", true)
                    .toString();
        }
    }

    Answer answer(String text, String language, String intent, List<Hit> hits) {
        Frames frame = Frames.of(language);
        if (intent.equals("greeting_thanks")) {
            return Answer.ofFrame(frame.text("greeting"), List.of(), CERTAIN);
        }
        if (hits.isEmpty()) {
            return Answer.ofFrame(frame.text("nothing"), List.of(), 0);
        }
        String wanted = Words.of(language).language();
        List<Hit> readable = hits.stream()
                .filter(hit -> Words.of(hit.language()).language().equals(wanted))
                .toList();
        if (readable.isEmpty()) {
            Hit other = hits.get(0);
            return Answer.ofFrame(
                    frame.text("elsewhere").formatted(frame.language(other.language()), other.title()),
                    List.of(other),
                    LOW);
        }
        double best = readable.get(0).score();
        List<Excerpt.Weighed> weighed = excerpt.weighed(
                text,
                readable.stream().filter(hit -> hit.score() >= LOOKED_AT * best).toList());
        if (weighed.isEmpty()) {
            return Answer.ofFrame(frame.text("nothing"), List.of(), 0);
        }
        Excerpt.Weighed first = weighed.get(0);
        List<Hit> told = weighed.stream()
                .filter(one -> one.weight() >= SECOND * first.weight())
                .map(Excerpt.Weighed::hit)
                .distinct()
                .limit(MOST_DOCUMENTS)
                .toList();
        List<String> ours = List.of(frame.opening(intent), frame.text("closing"));
        StringBuilder said = new StringBuilder(ours.get(0));
        for (Hit hit : told) {
            said.append("\n\n").append(String.join(" ", Excerpt.of(hit, weighed)));
        }
        said.append("\n\n").append(ours.get(1));
        double confidence = Scores.confidence(first.hit().score()) * (first.told() ? 1 : Scores.UNTOLD);
        return new Answer(said.toString(), told, ours, confidence);
    }

    @Override
    public void close() {
        embeddings.close();
    }
}
