package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static TaskEvent read(ObjectNode envelope) throws Exception {
        byte[] value = envelope.toString().getBytes(StandardCharsets.UTF_8);
        return TaskEventReader.read(new SourceRecord("task-events", 0, 0, 0, null, value, List.of()));
    }
}
