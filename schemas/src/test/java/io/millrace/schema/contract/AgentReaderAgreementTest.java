package io.millrace.schema.contract;

import static io.millrace.schema.contract.Mutation.replace;
import static io.millrace.schema.contract.Mutation.set;
import static io.millrace.schema.contract.Mutation.text;
import static io.millrace.schema.contract.Mutation.times;
import static io.millrace.schema.contract.Mutation.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallCodec;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcomeCodec;
import io.millrace.schema.agent.AgentOutcomeWriter;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JSON Schemas of events about agents promise is what their readers do, save for the cases listed by name. */
class AgentReaderAgreementTest {
    private static final String CALL = "agent.call.v1.json";
    private static final String MINIMAL = "agent.call.minimal.v1.json";
    private static final String DEADLINE = "agent.call.deadline.v1.json";
    private static final String CLOUDEVENT = "agent.call.cloudevent.v1.json";
    private static final String AGENT = "agent.registered.v1.json";
    private static final String PLAIN_AGENT = "agent.registered.minimal.v1.json";
    private static final String REMOVED = "agent.removed.v1.json";
    private static final String INVALIDATED = "agent.cache.invalidated.v1.json";
    private static final String OUTCOME = "agent.outcome.v1.json";
    private static final String RETRYABLE = "agent.outcome.retryable.v1.json";

    private static final List<String> IN =
            List.of(CALL, MINIMAL, DEADLINE, CLOUDEVENT, AGENT, PLAIN_AGENT, REMOVED, INVALIDATED, OUTCOME, RETRYABLE);

    static Stream<Mutation> accepted() {
        return Stream.concat(
                IN.stream().map(Mutation::unchanged),
                Stream.of(
                        set(MINIMAL, "/call_key", text(200)),
                        set(MINIMAL, "/agent", "\"A.b_c-9\""),
                        set(MINIMAL, "/agent", text(100)),
                        set(MINIMAL, "/input", "null"),
                        set(MINIMAL, "/input", "\"text, \\u00e9 \\ud83d\\ude00\""),
                        set(MINIMAL, "/input", "-0.5e3"),
                        set(MINIMAL, "/input", "true"),
                        set(MINIMAL, "/input", "[[],{}]"),
                        set(MINIMAL, "/input", text(256 * 1024 - 2)),
                        set(MINIMAL, "/timeout_ms", "604800000"),
                        set(MINIMAL, "/timeout_ms", "60000").and("/deadline", "null"),
                        set(MINIMAL, "/cache", "\"refresh\""),
                        set(MINIMAL, "/cache", "null"),
                        set(MINIMAL, "/dependencies", "{}"),
                        set(MINIMAL, "/dependencies", "null"),
                        set(MINIMAL, "/dependencies", "{\"b\":\"2\",\"a\":\"1\"}"),
                        set(MINIMAL, "/dependencies", "{" + text(200) + ":" + text(200) + "}"),
                        set(MINIMAL, "/reply_to", "null"),
                        set(MINIMAL, "/reply_to", text(249)),
                        set(MINIMAL, "/reply_to", "\"...\""),
                        set(MINIMAL, "/reply_key", "null"),
                        set(MINIMAL, "/reply_key", text(200)),
                        set(MINIMAL, "/approval", "null"),
                        set(MINIMAL, "/unknown", "{\"a\":[1]}"),
                        set(DEADLINE, "/timeout_ms", "null"),
                        set(CLOUDEVENT, "/type", "\"com.example\"").and("/data/event_type", "\"agent.call\""),
                        set(AGENT, "/version", "\"2026-11-20\""),
                        set(AGENT, "/version", "0"),
                        set(AGENT, "/type", "\"NOTIFICATION\""),
                        set(AGENT, "/risk", "\"APPROVAL_REQUIRED\""),
                        set(AGENT, "/capabilities", times(100, text(100))),
                        set(AGENT, "/capabilities", "[]"),
                        set(AGENT, "/input_schema", "{}"),
                        set(AGENT, "/retry", "{}"),
                        set(AGENT, "/retry", "{\"max_attempts\":10,\"initial_ms\":null}"),
                        set(AGENT, "/cache/ttl_seconds", "2592000"),
                        set(AGENT, "/fallback", "{}"),
                        set(AGENT, "/fallback", "{\"agents\":[],\"then\":\"skip\"}"),
                        set(AGENT, "/fallback/degraded_output", "0"),
                        set(AGENT, "/fallback/agents", times(10, "\"a\"")),
                        set(AGENT, "/critical", "true"),
                        set(AGENT, "/rate", "{}"),
                        set(AGENT, "/estimate", "{\"input_tokens\":0,\"output_tokens\":10000000}"),
                        set(AGENT, "/estimate", "{}"),
                        set(AGENT, "/budget/day_micros", "1000000000000000"),
                        set(PLAIN_AGENT, "/model", "null"),
                        set(REMOVED, "/definition", "7"),
                        set(REMOVED, "/version", "{}"),
                        set(INVALIDATED, "/dependency", "null"),
                        set(INVALIDATED, "/version", "null").and("/dependency", "\"file:a/b\""),
                        set(INVALIDATED, "/transport", "7"),
                        set(OUTCOME, "/output", "null"),
                        set(OUTCOME, "/output", "[1,2]"),
                        set(OUTCOME, "/usage", "null"),
                        set(OUTCOME, "/usage", "{}"),
                        set(OUTCOME, "/error", "null"),
                        set(OUTCOME, "/queued_ms", "2147483648"),
                        set(OUTCOME, "/queued_ms", "3155760000000"),
                        set(RETRYABLE, "/status", "\"REFUSED\""),
                        set(RETRYABLE, "/error/message", "null"),
                        set(RETRYABLE, "/error/message", text(1000)),
                        set(RETRYABLE, "/retry_after_ms", "2592000000")));
    }

    static Stream<Mutation> rejected() {
        return Stream.of(
                without(MINIMAL, "/schema_version"),
                without(MINIMAL, "/event_id"),
                without(MINIMAL, "/occurred_at"),
                without(MINIMAL, "/call_key"),
                without(MINIMAL, "/agent"),
                set(MINIMAL, "/schema_version", "2"),
                set(MINIMAL, "/event_type", "\"agent.called\""),
                set(MINIMAL, "/event_type", "\"agent.removed\"").andWithout("/agent"),
                set(MINIMAL, "/call_key", "\"\""),
                set(MINIMAL, "/call_key", text(201)),
                set(MINIMAL, "/call_key", "\"a\\u0007\""),
                set(MINIMAL, "/agent", "\"-a\""),
                set(MINIMAL, "/agent", "\"a b\""),
                set(MINIMAL, "/agent", "\"a/b\""),
                set(MINIMAL, "/agent", text(101)),
                set(MINIMAL, "/timeout_ms", "0"),
                set(MINIMAL, "/timeout_ms", "604800001"),
                set(MINIMAL, "/timeout_ms", "60000").and("/deadline", "\"2026-11-20T09:00:00Z\""),
                set(MINIMAL, "/deadline", "\"2026-11-20T09:00:00\""),
                set(MINIMAL, "/cache", "\"USE\""),
                set(MINIMAL, "/dependencies", "[]"),
                set(MINIMAL, "/dependencies", "{\"a\":null}"),
                set(MINIMAL, "/dependencies", "{\"\":\"1\"}"),
                set(MINIMAL, "/dependencies", "{\"a\\n\":\"1\"}"),
                set(MINIMAL, "/dependencies", "{" + text(201) + ":\"1\"}"),
                set(MINIMAL, "/reply_to", "\"..\""),
                set(MINIMAL, "/reply_to", "\"a b\""),
                set(MINIMAL, "/reply_to", text(250)),
                set(MINIMAL, "/reply_key", "\"\""),
                set(MINIMAL, "/reply_key", "\"a\\n\""),
                set(MINIMAL, "/reply_key", "7"),
                set(MINIMAL, "/reply_key", text(201)),
                without(CALL, "/approval/request_id"),
                without(CALL, "/approval/approved_by"),
                without(CALL, "/approval/expires_at"),
                set(CALL, "/approval/expires_at", "null"),
                set(CALL, "/approval/expires_at", "\"2026-11-20T09:10:00\""),
                without(CALL, "/approval/mac"),
                set(CALL, "/approval/mac", "\"ABC\""),
                without(CLOUDEVENT, "/data/call_key"),
                without(CLOUDEVENT, "/time"),
                set(CLOUDEVENT, "/type", "\"agent.answered\""),
                without(AGENT, "/version"),
                without(AGENT, "/type"),
                without(AGENT, "/transport"),
                set(AGENT, "/version", "-1"),
                set(AGENT, "/version", "\"\""),
                set(AGENT, "/type", "\"analysis\""),
                set(AGENT, "/risk", "\"NONE\""),
                set(AGENT, "/capabilities", times(101, "\"a\"")),
                set(AGENT, "/input_schema", "true"),
                set(AGENT, "/output_schema", "\"{}\""),
                set(AGENT, "/transport", "\"http\""),
                without(AGENT, "/transport/kind"),
                set(AGENT, "/transport/kind", "\"HTTP\""),
                set(AGENT, "/timeout_ms", "86400001"),
                set(AGENT, "/retry/max_attempts", "11"),
                set(AGENT, "/retry/max_attempts", "0"),
                set(AGENT, "/retry/multiplier", "11"),
                set(AGENT, "/cache/ttl_seconds", "2592001"),
                set(AGENT, "/cache", "3600"),
                set(AGENT, "/fallback/agents", times(11, "\"a\"")),
                set(AGENT, "/fallback/agents", "[\"a b\"]"),
                set(AGENT, "/fallback/then", "\"retry\""),
                set(AGENT, "/fallback/then", "\"fail\""),
                set(AGENT, "/fallback/then", "null"),
                set(AGENT, "/fallback/degraded_output", "null"),
                without(AGENT, "/fallback/degraded_output"),
                set(AGENT, "/fallback", "{\"then\":\"skip\"}").and("/critical", "true"),
                set(AGENT, "/critical", "\"true\""),
                set(AGENT, "/rate/concurrent", "0"),
                set(AGENT, "/estimate/input_tokens", "-1"),
                set(AGENT, "/budget/day_micros", "0"),
                set(AGENT, "/model", "\"\""),
                without(REMOVED, "/agent"),
                without(INVALIDATED, "/agent"),
                set(INVALIDATED, "/version", "true"),
                without(OUTCOME, "/attempt_id"),
                without(OUTCOME, "/owner"),
                without(OUTCOME, "/status"),
                without(OUTCOME, "/started_at"),
                without(OUTCOME, "/ended_at"),
                set(OUTCOME, "/status", "\"DONE\""),
                set(OUTCOME, "/error", "{\"code\":\"overloaded\"}"),
                set(OUTCOME, "/usage/input_tokens", "-1"),
                set(OUTCOME, "/cost_micros", "1.5"),
                set(OUTCOME, "/queued_ms", "3155760000001"),
                without(RETRYABLE, "/error"),
                without(RETRYABLE, "/error/code"),
                set(RETRYABLE, "/error/code", "\"whatever\""),
                set(RETRYABLE, "/retry_after_ms", "2592000001"));
    }

    static Stream<Arguments> onlyTheReaderCanJudge() {
        return Stream.of(
                Arguments.of(ErrorCode.DUPLICATE_FIELD, replace(MINIMAL, "\"agent\":", "\"agent\":\"a\",\"agent\":")),
                Arguments.of(
                        ErrorCode.DUPLICATE_FIELD,
                        replace(CLOUDEVENT, "\"input\":[1,2,3]", "\"input\":{\"a\":1,\"a\":2}")),
                Arguments.of(
                        ErrorCode.DUPLICATE_FIELD,
                        replace(CALL, "\"dependencies\":{", "\"dependencies\":{\"git:main\":\"1\",")),
                Arguments.of(ErrorCode.DUPLICATE_FIELD, replace(AGENT, "\"kind\":", "\"kind\":\"http\",\"kind\":")),
                Arguments.of(ErrorCode.DUPLICATE_FIELD, replace(AGENT, "\"max_ms\":", "\"max_ms\":1,\"max_ms\":")),
                Arguments.of(
                        ErrorCode.INVALID_VALUE,
                        replace(DEADLINE, "\"The rent is due\"", "\"The rent is due\\ud83d\"")),
                Arguments.of(ErrorCode.INVALID_VALUE, replace(DEADLINE, "\"The rent is due\"", "1e99999999999")),
                Arguments.of(ErrorCode.TOO_LARGE, set(MINIMAL, "/input", text(256 * 1024 - 1))),
                Arguments.of(ErrorCode.TOO_LARGE, set(MINIMAL, "/extra", text(384 * 1024))),
                Arguments.of(ErrorCode.TOO_LARGE, set(AGENT, "/transport/x", text(16 * 1024))),
                Arguments.of(ErrorCode.TOO_DEEP, set(MINIMAL, "/input", "[".repeat(32) + "]".repeat(32))),
                Arguments.of(ErrorCode.WRONG_TYPE, set(AGENT, "/version", "1.0")));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void bothAccept(Mutation mutation) {
        assertThat(mutation.isValidBySchema()).as("valid by the schema").isTrue();
        assertThat(mutation.rejection()).as("the reader's reason").isNull();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void bothReject(Mutation mutation) {
        assertThat(mutation.isValidBySchema()).as("valid by the schema").isFalse();
        assertThat(mutation.rejection()).as("the reader's reason").isNotNull();
    }

    @ParameterizedTest
    @MethodSource("onlyTheReaderCanJudge")
    void onlyTheReaderRejects(ErrorCode code, Mutation mutation) {
        assertThat(mutation.rejection()).isNotNull();
        assertThat(mutation.rejection().code()).isEqualTo(code);
    }

    @Test
    void theyAgreeWhateverStandsInAField() {
        List<String> values = List.of(
                "null",
                "true",
                "0",
                "-1",
                "1",
                "1.5",
                "99999999999",
                "\"\"",
                "\" \"",
                "\"x\"",
                "[]",
                "[null]",
                "[\"x\"]",
                "[1]",
                "{}",
                "{\"x\":1}",
                "{\"x\":\"y\"}",
                "\"2026-12-01T09:00:00Z\"",
                "\"OK\"",
                "\"skip\"");
        List<String> disagreements = new ArrayList<>();
        for (String example : IN) {
            for (String field : fieldsOf("", Contract.example(example))) {
                Stream.concat(
                                Stream.of(without(example, field)),
                                values.stream().map(value -> set(example, field, value)))
                        .filter(mutation -> !mutation.agrees())
                        .forEach(mutation -> disagreements.add(mutation + ": reader " + mutation.rejection()));
            }
        }
        assertThat(disagreements).isEmpty();
    }

    /** What the reader accepted and the writer writes satisfies the schema and is read as the same event. */
    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedEventIsWrittenAsTheSchemaSays(Mutation mutation) throws Exception {
        Record event = mutation.read();

        String written = new String(write(event), StandardCharsets.UTF_8);

        JsonNode document = Contract.parse(written);
        assertThat(Contract.errorsAssertingFormats(Contract.schemaOf(document), document))
                .isEmpty();
        assertThat(new Mutation(document.path("event_type").asText(), written).read())
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedEventIsTheSameAfterItsBinaryEncoding(Mutation mutation) throws Exception {
        Record event = mutation.read();
        if (event instanceof AgentCall call) {
            assertThat(encodedAndDecoded(new AgentCallCodec(), call)).isEqualTo(call);
        } else if (event instanceof AgentOutcome outcome) {
            assertThat(encodedAndDecoded(new AgentOutcomeCodec(), outcome)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultIsReadAndWrittenAsItsExample(String example) throws Exception {
        AgentResult result = (AgentResult) Mutation.unchanged(example).read();

        JsonNode written = Contract.parse(new String(AgentResultWriter.write(result), StandardCharsets.UTF_8));

        assertThat(written).isEqualTo(Contract.example(example));
        assertThat(without(example, "/call_key").rejection()).hasMessage("call_key: missing");
        assertThat(set(example, "/status", "\"DONE\"").rejection())
                .hasMessageStartingWith("status: must be one of OK,");
    }

    static Stream<String> results() {
        return Contract.examples().keySet().stream().filter(name -> name.startsWith("agent.result"));
    }

    @Test
    void anAttemptThatWaitedForAnyTimeHasAnOutcomeThatIsRead() throws Exception {
        AgentOutcome outcome = (AgentOutcome) Mutation.unchanged(RETRYABLE).read();
        AgentOutcome old = new AgentOutcome(
                outcome.attemptId(),
                outcome.owner(),
                outcome.tenant(),
                outcome.agent(),
                outcome.status(),
                null,
                outcome.error(),
                outcome.retryAfterMs(),
                outcome.usage(),
                outcome.costMicros(),
                outcome.startedAt(),
                outcome.endedAt(),
                Long.MAX_VALUE,
                outcome.correlationId(),
                outcome.traceparent());

        String written = new String(AgentOutcomeWriter.write(old), StandardCharsets.UTF_8);

        AgentOutcome read = (AgentOutcome) new Mutation(AgentOutcome.TYPE, written).read();
        assertThat(read.queuedMs()).isEqualTo(3_155_760_000_000L);
    }

    private static byte[] write(Record event) {
        if (event instanceof AgentCall call) {
            return AgentCallWriter.write(call);
        } else if (event instanceof AgentOutcome outcome) {
            return AgentOutcomeWriter.write(outcome);
        }
        return AgentRegistryWriter.write((AgentRegistryEvent) event);
    }

    private static <T> T encodedAndDecoded(Codec<T> codec, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(bytes));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        T decoded = codec.read(new DataInputStream(in));
        assertThat(in.available()).as("bytes left over").isZero();
        assertThat(codec.type()).isEqualTo(value.getClass());
        return decoded;
    }

    private static List<String> fieldsOf(String pointer, JsonNode object) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            // A slash in a name would have to be escaped, and what a schema or an input says is nobody's here.
            String field = pointer + "/" + entry.getKey();
            boolean opaque = field.matches(".*(_schema|input|output|transport)");
            fields.add(field);
            if (entry.getValue().isObject() && !opaque) {
                fields.addAll(fieldsOf(field, entry.getValue()));
            }
        }
        return fields;
    }
}
