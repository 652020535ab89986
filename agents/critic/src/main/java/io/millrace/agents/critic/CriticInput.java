package io.millrace.agents.critic;

import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.List;

/**
 * What the critic is asked.
 *
 * @param texts several for {@code retrieved}, else one
 * @param language null when it is not known
 * @param supportedBy what an answer may rely on; null when the caller did not say
 * @param saidBefore what the customer and the conversation said, tokens and figures of which an answer may repeat
 */
record CriticInput(
        Direction direction, List<String> texts, String language, List<String> supportedBy, List<String> saidBefore) {
    private static final int MAX_TEXTS = 50;
    private static final int MAX_WORD = 100;
    private static final int MAX_CHARACTERS = 50_000;

    /** From whom the text is. */
    enum Direction {
        IN,
        RETRIEVED,
        OUT
    }

    /** @throws AgentFailure naming the field that is wrong */
    static CriticInput read(String json) throws AgentFailure {
        AgentInput input = AgentInput.of(json);
        String said = input.optional("direction", MAX_WORD);
        Direction direction =
                switch (said == null ? "" : said) {
                    case "in" -> Direction.IN;
                    case "retrieved" -> Direction.RETRIEVED;
                    case "out" -> Direction.OUT;
                    default -> throw AgentInput.wrong("direction", "must be in, retrieved or out");
                };
        List<String> texts = input.texts("texts", MAX_TEXTS, MAX_CHARACTERS);
        if (input.has("text") || texts.isEmpty() && direction != Direction.RETRIEVED) {
            texts.add(0, input.text("text", MAX_CHARACTERS));
        }
        List<String> before = input.texts("history", MAX_TEXTS, MAX_CHARACTERS);
        if (input.has("customer_text")) {
            before.add(input.text("customer_text", MAX_CHARACTERS));
        }
        return new CriticInput(
                direction,
                List.copyOf(texts),
                input.optional("language", MAX_WORD),
                input.has("supported_by") ? input.texts("supported_by", MAX_TEXTS, MAX_CHARACTERS) : null,
                List.copyOf(before));
    }
}
