package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallParserTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EXAMPLES =
            List.of("agent.call.v1", "agent.call.minimal.v1", "agent.call.deadline.v1", "agent.call.cloudevent.v1");
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "1",
            "-1",
            "1.5",
            "2.0",
            "1e400",
            "604800000",
            "604800001",
            "true",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"a/b\"",
            "\"use\"",
            "\"USE\"",
            "\"agent.call\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"2026-11-20T09:00:00Z\"",
            "\"2026-11-20T09:00:00\"",
            "\"b3e1a0c2-7d54-4c1e-9a0b-0a1b2c3d4e5f\"",
            "[]",
            "[1]",
            "{}",
            "{\"a\":\"b\"}",
            "{\"a\":1}",
            "\"" + "x".repeat(200) + "\"",
            "\"" + "x".repeat(201) + "\"",
            "\"" + "x".repeat(256 * 1024 - 2) + "\"",
            "\"" + "x".repeat(256 * 1024 - 1) + "\"",
            "[".repeat(30) + "]".repeat(30),
            "[".repeat(40) + "]".repeat(40));

    private final CallParser parser = new CallParser();

    @ParameterizedTest
    @ValueSource(
            strings = {"agent.call.v1", "agent.call.minimal.v1", "agent.call.deadline.v1", "agent.call.cloudevent.v1"})
    void theExamplesAreGood(String name) throws IOException {
        CallRecord call = parse(example(name).toString().getBytes(StandardCharsets.UTF_8));

        assertThat(call.validity()).as(call.reason()).isNotEqualTo(Validity.BAD);
        assertThat(call.agent()).isNotEmpty();
    }

    @Test
    void whatTheContractSettlesIsJudgedAsTheReaderDoes() throws IOException {
        Random random = new Random(4);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 6_000; i++) {
            ObjectNode event = example(EXAMPLES.get(random.nextInt(EXAMPLES.size())));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(event, random);
            }
            byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
            CallRecord call = parse(value);
            String refused = refusal(value);
            if (call.validity() == Validity.GOOD) {
                good++;
                assertThat(refused).as(clip(event)).isNull();
            } else if (call.validity() == Validity.BAD) {
                bad++;
                assertThat(refused).as("%s, in %s", call.reason(), clip(event)).isNotNull();
            }
        }
        assertThat(good).isGreaterThan(300);
        assertThat(bad).isGreaterThan(1_000);
    }

    @Test
    void whatIsNoObjectIsBad() {
        assertThat(parse(null).validity()).isEqualTo(Validity.BAD);
        assertThat(parse("[1]".getBytes(StandardCharsets.UTF_8)).validity()).isEqualTo(Validity.BAD);
        assertThat(parse(new byte[] {(byte) 0xff}).validity()).isEqualTo(Validity.BAD);
    }

    private static void change(ObjectNode event, Random random) throws IOException {
        ObjectNode object =
                event.path("data").isObject() && random.nextBoolean() ? (ObjectNode) event.get("data") : event;
        List<String> names = new ArrayList<>(
                List.of("input", "deadline", "timeout_ms", "cache", "dependencies", "reply_to", "approval", "tenant"));
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        if (object.path(name).isObject() && random.nextInt(3) > 0 && !name.equals("data")) {
            object = (ObjectNode) object.get(name);
            List<String> inner = new ArrayList<>();
            object.fieldNames().forEachRemaining(inner::add);
            name = inner.isEmpty() ? "extra" : inner.get(random.nextInt(inner.size()));
        }
        if (random.nextInt(5) == 0) {
            object.remove(name);
        } else {
            object.set(name, JSON.readTree(VALUES.get(random.nextInt(VALUES.size()))));
        }
    }

    private static String clip(JsonNode event) {
        String text = event.toString();
        return text.length() < 2_000 ? text : text.substring(0, 2_000) + "…";
    }

    private static String refusal(byte[] value) {
        try {
            AgentCallReader.read(new SourceRecord("agent-calls", 0, 0, 0, null, value, List.of()));
            return null;
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    private CallRecord parse(byte[] value) {
        return parser.parse(new ConsumerRecord<>("agent-calls", 0, 0, new byte[0], value));
    }

    private static ObjectNode example(String name) throws IOException {
        try (InputStream in = CallParserTest.class.getResourceAsStream("/examples/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        }
    }
}
