package io.millrace.agents.language;

import io.millrace.agents.language.Languages.Guess;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import java.util.concurrent.CompletableFuture;

/**
 * {@code language}: {@code {"text":"…","previous":"fr-CA","history":["…"]}} to {@code {"language":"fr-CA","confidence":0.98}}.
 * What a text alone does not decide, such as <i>ok</i>, the conversation does: its last known language, else its texts.
 */
public final class LanguageAgent implements Agent {
    /** Below that a text alone decides nothing. */
    static final double CERTAIN = 0.75;
    /** Of a text. */
    static final int MAX_CHARACTERS = 100_000;

    private static final int MAX_TEXTS = 100;

    @Override
    public String name() {
        return "language";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure {
        AgentInput input = AgentInput.of(request.input());
        Guess guess = guess(
                input.text("text", MAX_CHARACTERS),
                input.optional("previous", MAX_CHARACTERS),
                input.texts("history", MAX_TEXTS, MAX_CHARACTERS));
        return CompletableFuture.completedFuture(AgentInput.JSON
                .createObjectNode()
                .put("language", guess.language())
                .put("confidence", Math.round(guess.confidence() * 100) / 100.0)
                .toString());
    }

    /** @param previous null when nothing is known */
    static Guess guess(String text, String previous, Iterable<String> history) {
        Guess alone = Languages.of(text);
        if (alone.confidence() >= CERTAIN) {
            return alone;
        }
        String known = known(previous);
        if (known != null) {
            return new Guess(known, Math.max(0.5, known.equals(alone.language()) ? alone.confidence() : 0));
        }
        Guess before = Languages.of(String.join(" ", history));
        if (before.confidence() >= CERTAIN) {
            return new Guess(before.language(), 0.5);
        }
        return alone.language() == null ? new Guess("en", 0) : alone;
    }

    private static String known(String previous) {
        if (previous == null) {
            return null;
        }
        return switch (previous.length() < 2 ? "" : previous.substring(0, 2)) {
            case "en" -> "en";
            case "fr" -> "fr-CA";
            case "es" -> "es";
            default -> null;
        };
    }
}
