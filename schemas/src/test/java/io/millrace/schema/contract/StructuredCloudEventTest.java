package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a structured CloudEvent carries the event: as an object, as text, and in base64. */
class StructuredCloudEventTest {
    private final ObjectNode envelope = (ObjectNode) Contract.example("task.created.cloudevent.v1.json");

    @Test
    void dataMayBeTheEventAsText() throws Exception {
        TaskEvent expected = read(envelope);

        envelope.put("data", envelope.get("data").toString());

        assertThat(read(envelope)).isEqualTo(expected);
    }

    @Test
    void dataMayBeInBase64() throws Exception {
        TaskEvent expected = read(envelope);
        byte[] data = envelope.remove("data").toString().getBytes(StandardCharsets.UTF_8);

        envelope.put("data_base64", Base64.getEncoder().encodeToString(data));

        assertThat(read(envelope)).isEqualTo(expected);
    }

    @Test
    void theTraceContextOfTheEnvelopeIsTaken() throws Exception {
        envelope.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(read(envelope).traceparent()).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    @Test
    void anEnvelopeThatIsWrongIsToldAsOne() {
        ObjectNode numeric = envelope.deepCopy().put("specversion", 1.0);
        ObjectNode both = envelope.deepCopy().put("data_base64", "e30=");
        ObjectNode twice = envelope.deepCopy();
        twice.set("data", envelope.deepCopy());

        assertRefused(numeric, "specversion: must be the string \"1.0\"");
        assertRefused(both, "data: a CloudEvent has data or data_base64, not both");
        assertRefused(twice, "data: is a CloudEvent itself");
    }

    private static void assertRefused(ObjectNode envelope, String message) {
        assertThatThrownBy(() -> read(envelope))
                .hasMessageStartingWith(message)
                .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "10e-1", "1E0", "0.1e1"})
    void anIntegerIsOneHoweverItIsWritten(String one) throws Exception {
        String event = envelope.get("data").toString().replace("\"schema_version\":1", "\"schema_version\":" + one);

        envelope.put("data", event);

        assertThat(event).contains(one);
        assertThat(read(envelope)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+5", "007", "'text'", "Infinity", "[1,", "{\"a\":1,}"})
    void whatIsNoJsonIsToldWithoutTheParsersSettings(String value) {
        byte[] bytes = ("{\"schema_version\":1,\"title\":" + value + "}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TaskEventReader.read(new SourceRecord("task-events", 0, 0, 0, null, bytes, List.of())))
                .hasMessageContaining("(line 1, column ")
                .message()
                .doesNotContain("Feature", "enable", "StreamRead", "start marker", "starting at");
    }

    private static TaskEvent read(ObjectNode envelope) throws Exception {
        byte[] value = envelope.toString().getBytes(StandardCharsets.UTF_8);
        return TaskEventReader.read(new SourceRecord("task-events", 0, 0, 0, null, value, List.of()));
    }
}
