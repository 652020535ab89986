package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents in binary mode: the attributes are headers, which no schema of the value can judge. */
class BinaryCloudEventTest {

    private static final String ID = "0197c3a2-5e1f-7b6a-9d42-3f0c8a1e7b55";
    private static final String DATA =
            "{\"schema_version\":1,\"user_id\":\"u-7\",\"task_id\":\"t-44\",\"title\":\"Renew\"}";
    private static final String OWN = "5b0e6f7a-93d1-4f0b-8c52-7d1a2e4f6b38";

    @Test
    void whatTheEventLacksComesFromTheHeaders() throws Exception {
        TaskEvent event = TaskEventReader.read(record(DATA, headers()));

        assertThat(event.eventId()).isEqualTo(UUID.fromString(ID));
        assertThat(event.type()).isEqualTo(TaskEventType.CREATED);
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-11-20T08:00:00Z"));
    }

    @Test
    void whatTheEventHasIsItsOwn() throws Exception {
        String value = Contract.example("task.created.minimal.v1.json").toString();

        TaskEvent event = TaskEventReader.read(record(value, headers()));

        assertThat(event.eventId()).isEqualTo(UUID.fromString(OWN));
    }

    @Test
    void anIdThatIsNoUuidGivesTheSameEventIdEachTimeAndAnotherForAnotherSource() throws Exception {
        Map<String, String> headers = headers();
        headers.put("ce_id", "1731");
        UUID first = TaskEventReader.read(record(DATA, headers)).eventId();
        UUID second = TaskEventReader.read(record(DATA, headers)).eventId();
        headers.put("ce_source", "/another-service");
        UUID other = TaskEventReader.read(record(DATA, headers)).eventId();

        assertThat(second).isEqualTo(first);
        assertThat(first.version()).isEqualTo(5);
        assertThat(other).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type"})
    void anEnvelopeWithoutARequiredAttributeIsRejected(String missing) {
        Map<String, String> headers = headers();
        headers.remove(missing);

        assertThat(rejection(record(DATA, headers)).code()).isEqualTo(ErrorCode.INVALID_ENVELOPE);
    }

    @Test
    void anEnvelopeOfAnotherVersionIsRejected() {
        Map<String, String> headers = headers();
        headers.put("ce_specversion", "0.3");

        assertThat(rejection(record(DATA, headers)).code()).isEqualTo(ErrorCode.INVALID_ENVELOPE);
    }

    @Test
    void aTimeWithoutAnOffsetIsRejected() {
        Map<String, String> headers = headers();
        headers.put("ce_time", "2026-11-20T08:00:00");

        assertThat(rejection(record(DATA, headers)).code()).isEqualTo(ErrorCode.INVALID_ENVELOPE);
    }

    @Test
    void theTraceContextIsCarriedAlong() throws Exception {
        Map<String, String> headers = headers();
        headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(TaskEventReader.read(record(DATA, headers)).traceparent())
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", ID);
        headers.put("ce_source", "/task-service");
        headers.put("ce_type", "task.created");
        headers.put("ce_time", "2026-11-20T09:00:00+01:00");
        headers.put("content-type", "application/json");
        return headers;
    }

    private static RejectedEventException rejection(SourceRecord source) {
        return catchThrowableOfType(RejectedEventException.class, () -> TaskEventReader.read(source));
    }

    private static SourceRecord record(String value, Map<String, String> headers) {
        List<RecordHeader> list = new ArrayList<>();
        headers.forEach((name, text) -> list.add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
        return new SourceRecord("task-events", 0, 0, 0, null, value.getBytes(StandardCharsets.UTF_8), list);
    }
}
