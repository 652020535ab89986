package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Attempts, outcomes and encodings for tests of gates. Times are milliseconds since {@link #START}. */
final class Gates {
    static final long START = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();

    private Gates() {}

    /** An attempt of that tenant. */
    static AgentAttempt attempt(String tenant, String id, long at, Rate rate) {
        return attempt(tenant, id, at, at + 60_000, rate, Budget.UNLIMITED, 100, 0);
    }

    /** An attempt for limits; the parts that do not matter are always the same. */
    static AgentAttempt attempt(String id, long at, long deadline, Rate rate, Budget budget, long tokens, long micros) {
        return attempt("acme", id, at, deadline, rate, budget, tokens, micros);
    }

    static AgentAttempt attempt(
            String tenant, String id, long at, long deadline, Rate rate, Budget budget, long tokens, long micros) {
        return new AgentAttempt(
                id,
                "key-" + id,
                "owner",
                tenant,
                "a",
                "1",
                1,
                "{\"of\":\"" + id + "\"}",
                null,
                new Transport("http", "{\"kind\":\"http\"}"),
                micros < 0 ? null : "small",
                30_000,
                START + deadline,
                new Usage(tokens, 0),
                Math.max(0, micros),
                rate,
                budget,
                START + at,
                null,
                null);
    }

    static AgentAttempt attempt(String id, long at, Rate rate) {
        return attempt(id, at, at + 60_000, rate, Budget.UNLIMITED, 100, 0);
    }

    static AgentOutcome outcome(String id, AgentOutcome.Status status, AgentErrorCode code, long tokens, long micros) {
        return outcome("acme", id, status, code, tokens, micros);
    }

    static AgentOutcome outcome(
            String tenant, String id, AgentOutcome.Status status, AgentErrorCode code, long tokens, long micros) {
        boolean ok = status == AgentOutcome.Status.OK;
        return new AgentOutcome(
                id,
                "owner",
                tenant,
                "a",
                status,
                ok ? "1" : null,
                ok ? null : new AgentError(code, "as told"),
                0,
                new Usage(tokens, 0),
                micros,
                START,
                START,
                0,
                null,
                null);
    }

    static AgentOutcome ok(String id) {
        return outcome(id, AgentOutcome.Status.OK, null, 100, 0);
    }

    static AgentOutcome ok(String id, long micros) {
        return outcome(id, AgentOutcome.Status.OK, null, 100, micros);
    }

    static AgentOutcome ok(String tenant, String id) {
        return outcome(tenant, id, AgentOutcome.Status.OK, null, 100, 0);
    }

    static AgentOutcome failed(String tenant, String id) {
        return outcome(tenant, id, AgentOutcome.Status.RETRYABLE, AgentErrorCode.UNREACHABLE, 0, 0);
    }

    static AgentOutcome failed(String id) {
        return outcome(id, AgentOutcome.Status.RETRYABLE, AgentErrorCode.UNREACHABLE, 0, 0);
    }

    /** One line for each command. */
    static List<String> lines(List<GateCommand> commands) {
        return commands.stream().map(Gates::line).toList();
    }

    private static String line(GateCommand command) {
        if (command instanceof GateCommand.Forward forward) {
            return "forward " + forward.attempt().attemptId();
        } else if (command instanceof GateCommand.Refuse refuse) {
            AgentOutcome outcome = refuse.outcome();
            return outcome.status() + " " + outcome.attemptId() + " "
                    + outcome.error().code().wireName()
                    + (outcome.retryAfterMs() == 0 ? "" : " after " + outcome.retryAfterMs());
        }
        BudgetWarning warning = ((GateCommand.Warn) command).warning();
        return "warn " + warning.scope() + " " + warning.name() + " " + warning.period() + " "
                + warning.committedMicros() + "/" + warning.limitMicros();
    }

    /** Writes a gate. */
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static AgentGate agentGate(byte[] bytes, GateSettings settings) {
        try {
            return AgentGate.read("a", settings, new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TenantGate tenantGate(byte[] bytes, Budget budget) {
        try {
            return TenantGate.read(
                    "acme", budget, GateSettings.DEFAULTS, new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
