package io.millrace.schema.agent;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Fallback;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Retry;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what an {@code agent.registered} says of the agent. An instance reads one definition. */
final class AgentDefinitionReader {
    static final int MAX_VERSION = 100;
    static final int MAX_SCHEMA_BYTES = 64 * 1024;
    static final int MAX_DURATION_MS = 86_400_000;

    private static final int MAX_WORD = 100;
    private static final int MAX_TRANSPORT_BYTES = 16 * 1024;
    private static final int MAX_LIST = 100;
    private static final int MAX_FALLBACKS = 10;
    private static final int MAX_ATTEMPTS = 10;
    private static final int MAX_MULTIPLIER = 10;
    private static final int MAX_TTL_SECONDS = 30 * 86_400;
    private static final int MAX_RATE = 1_000_000_000;
    private static final int MAX_ESTIMATE = 10_000_000;
    private static final long MAX_MICROS = 1_000_000_000_000_000L;
    private static final int DEFAULT_TIMEOUT_MS = 30_000;
    private static final Usage DEFAULT_ESTIMATE = new Usage(1_000, 1_000);
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,49}");

    private static final ObjectFields<AgentDefinitionReader> FIELDS = new ObjectFields<AgentDefinitionReader>("")
            .with("agent", (into, field, json) -> into.agent = Values.agent(field, json))
            .with("version", (into, field, json) -> into.version = version(field, json))
            .with("type", (into, field, json) -> into.type = Values.upper(field, json, AgentType.values()))
            .with("risk", (into, field, json) -> into.risk = Values.upper(field, json, Risk.values()))
            .with(
                    "capabilities",
                    (into, field, json) -> into.capabilities =
                            Values.list(field, json, MAX_LIST, (name, value) -> value.identifier(name, MAX_WORD)))
            .with("input_schema", (into, field, json) -> into.inputSchema = schema(field, json))
            .with("output_schema", (into, field, json) -> into.outputSchema = schema(field, json))
            .with("transport", (into, field, json) -> into.transport = transport(field, json))
            .with("timeout_ms", (into, field, json) -> into.timeoutMs = json.integer(field, 1, MAX_DURATION_MS))
            .with("retry", (into, field, json) -> into.retry = retry(field, json))
            .with("cache", (into, field, json) -> into.ttlSeconds = ttl(field, json))
            .with("fallback", (into, field, json) -> into.fallback = FallbackReader.read(field, json))
            .with("critical", (into, field, json) -> into.critical = json.bool(field))
            .with("rate", (into, field, json) -> into.rate = rate(field, json))
            .with("estimate", (into, field, json) -> into.estimate = Usage.read(field, json, MAX_ESTIMATE))
            .with("budget", (into, field, json) -> into.budget = budget(field, json))
            .with("model", (into, field, json) -> into.model = json.identifier(field, MAX_WORD));

    private int seen;
    private String agent;
    private String version;
    private AgentType type;
    private Risk risk = Risk.AUTO;
    private List<String> capabilities = List.of();
    private String inputSchema;
    private String outputSchema;
    private Transport transport;
    private int timeoutMs = DEFAULT_TIMEOUT_MS;
    private Retry retry = Retry.DEFAULT;
    private int ttlSeconds;
    private Fallback fallback = Fallback.NONE;
    private boolean critical;
    private Rate rate = Rate.UNLIMITED;
    private Usage estimate = DEFAULT_ESTIMATE;
    private Budget budget = Budget.UNLIMITED;
    private String model;

    void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        seen = FIELDS.read(name, json, this, seen);
    }

    AgentDefinition finish() throws RejectedEventException {
        Values.require(agent, "agent");
        Values.require(version, "version");
        Values.require(type, "type");
        Values.require(transport, "transport");
        if (critical && fallback.then() == Fallback.Then.SKIP) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE, "fallback.then: a call of a critical agent can't be skipped");
        }
        return new AgentDefinition(
                agent,
                version,
                type,
                risk,
                capabilities,
                inputSchema,
                outputSchema,
                transport,
                timeoutMs,
                retry,
                ttlSeconds,
                fallback,
                critical,
                rate,
                estimate,
                budget,
                model);
    }

    /** A number or a text; both are kept as text. */
    static String version(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (json.isString()) {
            return json.identifier(field, MAX_VERSION);
        }
        if (!json.isWrittenAsInteger()) {
            // 1.0 would become version 1, and 1.10 can't be told from 1.1.
            throw json.wrongType(field, "a text or an integer without a fraction");
        }
        return Integer.toString(json.integer(field, 0, Integer.MAX_VALUE));
    }

    private static String schema(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isObject()) {
            throw json.wrongType(field, "an object");
        }
        return unambiguous(field, json.json(field, MAX_SCHEMA_BYTES));
    }

    private static String unambiguous(String field, String json) throws RejectedEventException {
        CanonicalJson.of(field, json);
        return json;
    }

    private static Transport transport(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isObject()) {
            throw json.wrongType(field, "an object");
        }
        String settings = unambiguous(field, json.json(field, MAX_TRANSPORT_BYTES));
        String[] kind = new String[1];
        byte[] bytes = settings.getBytes(StandardCharsets.UTF_8);
        JsonEvent.readObject(bytes, 0, bytes.length, (name, value) -> {
            if (name.equals("kind")) {
                kind[0] = value.string("transport.kind", 1, MAX_WORD);
            }
        });
        Values.require(kind[0], "transport.kind");
        if (!KIND.matcher(kind[0]).matches()) {
            throw json.invalid("transport.kind", "must be the name of a transport, such as http");
        }
        return new Transport(kind[0], settings);
    }

    private static final class Numbers {
        private final long[] values = new long[4];
    }

    private static ObjectFields.Reader<Numbers> number(int index, long min, long max) {
        return (into, field, json) -> into.values[index] = json.number(field, min, max);
    }

    private static final ObjectFields<Numbers> RETRY = new ObjectFields<Numbers>("retry")
            .with("max_attempts", number(0, 1, MAX_ATTEMPTS))
            .with("initial_ms", number(1, 1, MAX_DURATION_MS))
            .with("max_ms", number(2, 1, MAX_DURATION_MS))
            .with("multiplier", number(3, 1, MAX_MULTIPLIER));

    private static Retry retry(String field, JsonEvent json) throws IOException, RejectedEventException {
        long[] given = RETRY.object(field, json, new Numbers()).values;
        Retry unless = Retry.DEFAULT;
        return new Retry(
                or(given[0], unless.maxAttempts()),
                or(given[1], unless.initialMs()),
                or(given[2], unless.maxMs()),
                or(given[3], unless.multiplier()));
    }

    private static int or(long given, int unless) {
        return given == 0 ? unless : (int) given;
    }

    private static final ObjectFields<Numbers> CACHE =
            new ObjectFields<Numbers>("cache").with("ttl_seconds", number(0, 0, MAX_TTL_SECONDS));

    private static int ttl(String field, JsonEvent json) throws IOException, RejectedEventException {
        return (int) CACHE.object(field, json, new Numbers()).values[0];
    }

    private static final ObjectFields<Numbers> RATE = new ObjectFields<Numbers>("rate")
            .with("requests_per_minute", number(0, 1, MAX_RATE))
            .with("tokens_per_minute", number(1, 1, MAX_RATE))
            .with("concurrent", number(2, 1, MAX_RATE));

    private static Rate rate(String field, JsonEvent json) throws IOException, RejectedEventException {
        long[] given = RATE.object(field, json, new Numbers()).values;
        return new Rate((int) given[0], (int) given[1], (int) given[2]);
    }

    private static final ObjectFields<Numbers> BUDGET = new ObjectFields<Numbers>("budget")
            .with("day_micros", number(0, 1, MAX_MICROS))
            .with("month_micros", number(1, 1, MAX_MICROS));

    private static Budget budget(String field, JsonEvent json) throws IOException, RejectedEventException {
        long[] given = BUDGET.object(field, json, new Numbers()).values;
        return new Budget(given[0], given[1]);
    }

    private static final class FallbackReader {
        private static final ObjectFields<FallbackReader> FIELDS = new ObjectFields<FallbackReader>("fallback")
                .with(
                        "agents",
                        (into, field, json) -> into.agents = Values.list(field, json, MAX_FALLBACKS, Values::agent))
                .with("then", (into, field, json) -> into.then = Values.lower(field, json, Fallback.Then.values()))
                .with(
                        "degraded_output",
                        (into, field, json) ->
                                into.degradedOutput = unambiguous(field, json.json(field, MAX_SCHEMA_BYTES)));

        private List<String> agents = List.of();
        private Fallback.Then then = Fallback.Then.FAIL;
        private String degradedOutput;

        static Fallback read(String field, JsonEvent json) throws IOException, RejectedEventException {
            FallbackReader into = FIELDS.object(field, json, new FallbackReader());
            boolean degraded = into.then == Fallback.Then.DEGRADED;
            if (degraded != (into.degradedOutput != null)) {
                throw new RejectedEventException(
                        degraded ? ErrorCode.MISSING_FIELD : ErrorCode.INVALID_VALUE,
                        "fallback.degraded_output: goes with \"then\":\"degraded\", and with no other");
            }
            return new Fallback(into.agents, into.then, into.degradedOutput);
        }
    }
}
