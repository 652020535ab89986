package io.millrace.jobs.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.notification.Note;
import io.millrace.logic.notification.NotificationInput;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.notification.About;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.ChannelKind;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.QuietHours;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the job makes of decisions, across restores. */
class NotifyOperatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HOUR = 3_600_000;
    private static final long NIGHT = Instant.parse("2026-11-20T23:00:00Z").toEpochMilli();
    private static final long MORNING = Instant.parse("2026-11-21T07:00:00Z").toEpochMilli();

    private static KeyedOneInputStreamOperatorTestHarness<String, NotificationInput, OutboundRecord> harness(
            OperatorSubtaskState from, long now) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, NotificationInput, OutboundRecord>(
                NotificationsJob.operator(60_000, HOUR), NotificationInput::person, Types.STRING);
        harness.setProcessingTime(now);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static StreamRecord<NotificationInput> preferences(long time) {
        Envelope envelope = new Envelope(
                new UUID(0, 1), NotificationPreferences.TYPE_NAME, Instant.ofEpochMilli(time), "acme", null, null);
        return new StreamRecord<>(
                NotificationInput.of(new NotificationPreferences(
                        envelope,
                        "ann",
                        "fr",
                        null,
                        List.of(new Channel(ChannelKind.WEBHOOK, "https://hooks.example.com/ann", List.of(), "hooks")),
                        new QuietHours("22:00", "07:00", List.of()),
                        null,
                        List.of(),
                        null)),
                time);
    }

    private static StreamRecord<NotificationInput> note(int number, long time) {
        Note note = new Note(
                new UUID(7, number),
                About.REMINDERS,
                null,
                "Pay \"the\" rent",
                Map.of("task_id", "t-1"),
                time,
                time + HOUR);
        return new StreamRecord<>(NotificationInput.of("acme", "ann", note), time);
    }

    /** Time passes, and all that was logged before has been read. */
    private static void pass(
            KeyedOneInputStreamOperatorTestHarness<String, NotificationInput, OutboundRecord> harness, long time)
            throws Exception {
        harness.processWatermark(new Watermark(time));
        harness.setProcessingTime(time);
    }

    private static JsonNode json(OutboundRecord record) throws IOException {
        return JSON.readTree(record.value());
    }

    @Test
    void whatIsHeldIsSentOnceAfterARestoreUnderTheIdThatItWouldHaveHad() throws Exception {
        OperatorSubtaskState snapshot;
        OutboundRecord unbroken;
        try (var harness = harness(null, NIGHT)) {
            harness.processElement(preferences(NIGHT));
            harness.processElement(note(1, NIGHT + 1));
            harness.processElement(note(2, NIGHT + 2));
            snapshot = harness.snapshot(1, NIGHT + 3);
            pass(harness, MORNING + 10_000);
            assertThat(harness.extractOutputValues()).hasSize(1);
            unbroken = harness.extractOutputValues().get(0);
        }
        try (var harness = harness(snapshot, NIGHT + 4)) {
            // What was read after the checkpoint comes again.
            harness.processElement(note(2, NIGHT + 2));
            assertThat(harness.extractOutputValues()).isEmpty();
            pass(harness, MORNING + 10_000);

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(json(harness.extractOutputValues().get(0))).isEqualTo(json(unbroken));
        }
    }

    @Test
    void aCallIsOneThatTheAgentsJobTakes() throws Exception {
        try (var harness = harness(null, MORNING)) {
            harness.processElement(preferences(MORNING));
            harness.processElement(note(1, MORNING + 1));
            OutboundRecord record = harness.extractOutputValues().get(0);
            var call = AgentCallReader.read(
                    new SourceRecord("agent-calls", 0, 0, MORNING, record.key(), record.value(), List.of()));

            assertThat(call.agent()).isEqualTo("notify-webhook");
            assertThat(call.tenant()).isEqualTo("acme");
            assertThat(call.cache()).isEqualTo(CacheMode.OFF);
            assertThat(call.replyKey()).isEqualTo("ann");
            assertThat(call.timeoutMs()).isEqualTo(60_000);
            JsonNode input = JSON.readTree(call.input());
            assertThat(input.path("notification_id").asText()).isEqualTo(call.callKey());
            assertThat(input.path("secret").asText()).isEqualTo("hooks");
            assertThat(input.path("language").asText()).isEqualTo("fr");
            assertThat(input.path("items").path(0).path("title").asText()).isEqualTo("Pay \"the\" rent");
        }
    }

    @Test
    void whatBecameOfACallIsWrittenDown() throws Exception {
        try (var harness = harness(null, MORNING)) {
            harness.processElement(preferences(MORNING));
            harness.processElement(note(1, MORNING + 1));
            String id = new String(harness.extractOutputValues().get(0).key(), StandardCharsets.UTF_8);
            var outcome = new NotificationInput.Outcome(
                    id, AgentResult.Status.FAILED, 3, "receiver_failed", "HTTP status 503", MORNING + 2);
            harness.processElement(new StreamRecord<>(
                    new NotificationInput(NotificationInput.Kind.OUTCOME, "acme", "ann", null, null, outcome),
                    MORNING + 3));

            JsonNode failed =
                    json(harness.getSideOutput(NotificationsJob.OUTCOMES).peek().getValue());
            assertThat(failed.path("event_type").asText()).isEqualTo("notification.failed");
            assertThat(failed.path("notification_id").asText()).isEqualTo(id);
            assertThat(failed.path("code").asText()).isEqualTo("receiver_failed");
            assertThat(failed.path("attempts").asInt()).isEqualTo(3);
            assertThat(failed.toString()).doesNotContain("hooks.example.com");
        }
    }

    @Test
    void whatIsLongAgoIsNotSentAnyMore() throws Exception {
        try (var harness = harness(null, MORNING + 2 * HOUR)) {
            harness.processElement(preferences(MORNING));
            harness.processElement(note(1, MORNING + 1));
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processElement(note(2, MORNING + 2 * HOUR));
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }
}
