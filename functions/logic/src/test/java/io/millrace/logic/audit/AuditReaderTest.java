package io.millrace.logic.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AuditReaderTest {
    private static final String EVENT =
            "{\"schema_version\":1,\"event_id\":\"e-1\",\"event_type\":\"task.created\",\"occurred_at\":\"2026-11-20T09:00:00+01:00\","
                    + "\"tenant\":\"acme\",\"user_id\":\"jane@example.org\",\"task_id\":\"t-42\",\"correlation_id\":\"c-1\",\"tags\":[\"x\"],\"title\":\"Pay\"}";

    private final AuditReader reader =
            new AuditReader("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void aRowNamesTheEventAndHasNoPersonalData() {
        AuditEvent row = read("jane@example.org", EVENT);

        assertThat(row.topic()).isEqualTo("task-events");
        assertThat(row.offset()).isEqualTo(7);
        assertThat(row.logTime()).isEqualTo(Instant.ofEpochMilli(9));
        assertThat(row.eventId()).isEqualTo("e-1");
        assertThat(row.eventType()).isEqualTo("task.created");
        assertThat(row.schemaVersion()).isEqualTo(1);
        assertThat(row.tenant()).isEqualTo("acme");
        assertThat(row.taskId()).isEqualTo("t-42");
        assertThat(row.correlationId()).isEqualTo("c-1");
        assertThat(row.occurredAt()).isEqualTo(Instant.parse("2026-11-20T08:00:00Z"));
        assertThat(row.payloadBytes()).isEqualTo(EVENT.length());
        assertThat(row.key()).startsWith("TOKEN_");
        assertThat(row.userId()).isEqualTo(row.key());
        assertThat(row.payload()).doesNotContain("jane").contains("\"user_id\":\"" + row.key() + "\"");
    }

    @Test
    void anEventInACloudEventIsNamedAsOneWithout() {
        AuditEvent structured = read(
                "k",
                "{\"specversion\":\"1.0\",\"id\":\"e-9\",\"type\":\"task.created\",\"time\":\"2026-11-20T08:00:00Z\",\"source\":\"/s\",\"data\":{\"schema_version\":1,\"user_id\":\"u-1\"}}");
        AuditEvent binary = reader.read(record(
                "k",
                "{\"schema_version\":1,\"user_id\":\"u-1\"}".getBytes(StandardCharsets.UTF_8),
                header("ce_id", "e-9"),
                header("ce_type", "task.created"),
                header("ce_time", "2026-11-20T08:00:00Z")));

        for (AuditEvent row : List.of(structured, binary)) {
            assertThat(row.eventId()).isEqualTo("e-9");
            assertThat(row.eventType()).isEqualTo("task.created");
            assertThat(row.userId()).isEqualTo("u-1");
            assertThat(row.tenant()).isEqualTo("default");
            assertThat(row.occurredAt()).isEqualTo(Instant.parse("2026-11-20T08:00:00Z"));
        }
    }

    @Test
    void aTimeThatNoTableKnowsIsNone() {
        for (String time : List.of("+999999999-01-01T00:00:00Z", "-0044-03-15T12:00:00Z", "+10000-01-01T00:00:00Z")) {
            assertThat(read("k", "{\"event_id\":\"e\",\"occurred_at\":\"" + time + "\"}")
                            .occurredAt())
                    .as(time)
                    .isNull();
        }
        AuditEvent late = reader.read(new SourceRecord("t", 0, 7, Long.MAX_VALUE, null, null, List.of()));
        assertThat(late.logTime()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void whatIsNoEventIsARowAllTheSame() {
        AuditEvent tombstone = reader.read(record("k", null));
        AuditEvent broken = read(null, "{\"event_id\":\"e-1\",\"user_id\":");
        AuditEvent odd = read(null, "{\"event_id\":{\"a\":1},\"schema_version\":\"x\",\"occurred_at\":\"soon\"}");

        assertThat(tombstone.payload()).isNull();
        assertThat(tombstone.payloadBytes()).isNull();
        assertThat(broken.eventId()).isEqualTo("e-1");
        assertThat(odd.eventId()).isNull();
        assertThat(odd.schemaVersion()).isNull();
        assertThat(odd.occurredAt()).isNull();
    }

    @Test
    void aDeadLetterSaysWhy() {
        AuditEvent row = reader.read(record(
                "k",
                new byte[] {1},
                header("error_code", "not_json"),
                header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                new RecordHeader("empty", null)));

        assertThat(row.errorCode()).isEqualTo("not_json");
        assertThat(row.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(row.headers()).containsEntry("empty", "").containsKey("error_code");
    }

    @Property(tries = 300)
    void whateverTheBytesThereIsARow(@ForAll byte[] key, @ForAll byte[] value) {
        assertThat(reader.read(new SourceRecord("t", 0, 1, 2, key, value, List.of())))
                .isNotNull();
    }

    private AuditEvent read(String key, String value) {
        return reader.read(record(key, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static SourceRecord record(String key, byte[] value, RecordHeader... headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord("task-events", 3, 7, 9, keyBytes, value, List.of(headers));
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
