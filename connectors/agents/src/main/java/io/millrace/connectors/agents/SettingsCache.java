package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The settings of a transport's agents, each text read once as long as there are not too many of them. */
public final class SettingsCache<S> {
    private static final int MAX_TEXTS = 1_000;

    private record Parsed<S>(S settings, String problem) {}

    private final SettingsReader<S> reader;
    private final Map<String, Parsed<S>> byText = new ConcurrentHashMap<>();

    public SettingsCache(SettingsReader<S> reader) {
        this.reader = reader;
    }

    /** Calls with the settings of the attempt's agent; when they are wrong, the answer says how. */
    public AnswerFuture call(AgentAttempt attempt, Function<S, AnswerFuture> call) {
        Parsed<S> parsed = parsed(attempt.transport().settings());
        return parsed.problem() == null
                ? call.apply(parsed.settings())
                : AnswerFuture.of(AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, parsed.problem()));
    }

    private Parsed<S> parsed(String text) {
        Parsed<S> known = byText.get(text);
        if (known != null) {
            return known;
        }
        Parsed<S> parsed = parse(text);
        if (byText.size() >= MAX_TEXTS) {
            byText.clear();
        }
        byText.put(text, parsed);
        return parsed;
    }

    private Parsed<S> parse(String text) {
        try {
            return new Parsed<>(reader.read(text), null);
        } catch (RejectedEventException e) {
            return new Parsed<>(null, e.getMessage());
        }
    }
}
