package io.millrace.connectors.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.Usage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Attempts, and the waits for their answers. */
public final class Attempts {
    /** Agents of tests are on this machine. */
    public static final TransportSettings HERE =
            TransportSettings.DEFAULTS.with(Egress.to(List.of(), List.of("127.0.0.0/8", "::1")));

    public static final String KEY = "6f1c2f64-0000-5000-8000-000000000001";
    private static final int TIMEOUT_MS = 30_000;
    /** Of what a test gives no time. */
    private static final int PATIENT_MS = 600_000;

    private static final long LIMIT_SECONDS = 60;

    private Attempts() {}

    /** @param settings the object {@code transport}, with single quotes for double ones */
    public static AgentAttempt of(String settings, String input) {
        return of(KEY, 1, settings, input, null, TIMEOUT_MS);
    }

    public static AgentAttempt afterError(String settings, String input, String previousError) {
        return of(KEY, 2, settings, input, previousError, TIMEOUT_MS);
    }

    public static AgentAttempt within(int timeoutMs, String settings, String input) {
        return of(KEY, 1, settings, input, null, timeoutMs);
    }

    public static AgentAttempt under(String key, String settings, String input) {
        return of(key, 1, settings, input, null, PATIENT_MS);
    }

    private static AgentAttempt of(
            String key, int number, String settings, String input, String previousError, int timeoutMs) {
        return new AgentAttempt(
                key + "#" + number,
                key,
                "owner",
                "acme",
                "helper",
                "1",
                number,
                input,
                previousError,
                transport(settings),
                null,
                timeoutMs,
                System.currentTimeMillis() + 3_600_000,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                "correlation é",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    /** @param settings the object {@code transport}, with single quotes for double ones */
    public static Transport transport(String settings) {
        String json = settings.replace('\'', '"');
        try {
            return new Transport(new ObjectMapper().readTree(json).path("kind").asText(), json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(settings, e);
        }
    }

    public static AgentAnswer answer(AgentTransports transports, AgentAttempt attempt) {
        return await(transports.call(attempt));
    }

    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
