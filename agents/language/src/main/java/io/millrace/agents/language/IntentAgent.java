package io.millrace.agents.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.agents.language.Intents.Scored;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code intent}: {@code {"text":"…"}} to
 * {@code {"intent":"delivery","confidence":0.7,"wants_person":false,"alternatives":[{"intent":…,"confidence":…}]}}.
 */
public final class IntentAgent implements Agent {
    private static final int ALTERNATIVES = 2;

    private final Intents intents = new Intents();

    @Override
    public String name() {
        return "intent";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        String text = AgentInput.of(request.input()).text("text", LanguageAgent.MAX_CHARACTERS);
        List<Scored> scored = intents.of(text);
        ObjectNode answer = written(scored.get(0), AgentInput.JSON.createObjectNode());
        answer.put("wants_person", intents.wantsPerson(text));
        ArrayNode alternatives = answer.putArray("alternatives");
        scored.stream().skip(1).limit(ALTERNATIVES).forEach(other -> written(other, alternatives.addObject()));
        return CompletableFuture.completedFuture(answer.toString());
    }

    private static ObjectNode written(Scored scored, ObjectNode node) {
        double confidence = Math.max(0, Math.min(1, scored.score()));
        return node.put("intent", scored.intent()).put("confidence", Math.round(confidence * 100) / 100.0);
    }

    @Override
    public void close() {
        intents.close();
    }
}
