package io.millrace.auditor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The topics of a small run, written by hand. Times are milliseconds after {@link #START}. */
final class History {
    static final Instant START = Instant.parse("2026-12-01T08:00:00Z");
    static final String USER = "u-1";
    static final ObjectMapper MAPPER = new ObjectMapper();

    final List<Entry> events = new ArrayList<>();
    final List<Entry> reminders = new ArrayList<>();
    final List<Entry> updates = new ArrayList<>();
    final List<Entry> deadLetters = new ArrayList<>();
    /** Reminders that were cancelled long before their moments; on no topic. */
    final List<Entry> cancelled = new ArrayList<>();

    private int ids;

    /** A record to be; mutable, so that a test can spoil it. */
    static final class Entry {
        long at;
        byte[] value;
        final RecordHeaders headers = new RecordHeaders();

        Entry(long at, byte[] value) {
            this.at = at;
            this.value = value;
        }

        ObjectNode json() {
            try {
                return (ObjectNode) MAPPER.readTree(value);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void json(ObjectNode json) {
            value = json.toString().getBytes(StandardCharsets.UTF_8);
        }

        Entry copy() {
            Entry copy = new Entry(at, value.clone());
            headers.forEach(copy.headers::add);
            return copy;
        }
    }

    static String time(long at) {
        return START.plusMillis(at).toString();
    }

    UUID nextId() {
        return Uuid5.of(new UUID(0, 0), "event " + ids++);
    }

    ObjectNode event(String type, String task) {
        return MAPPER.createObjectNode()
                .put("schema_version", 1)
                .put("event_id", nextId().toString())
                .put("event_type", type)
                .put("user_id", USER)
                .put("task_id", task);
    }

    /** Appends it as it is; answers its id. */
    UUID append(long at, ObjectNode event) {
        if (!event.has("occurred_at")) {
            event.put("occurred_at", time(at - 5));
        }
        Entry entry = new Entry(at, new byte[0]);
        entry.json(event);
        events.add(entry);
        return UUID.fromString(event.get("event_id").asText());
    }

    UUID append(long at, String type, String task) {
        return append(at, event(type, task));
    }

    /** A task created with a due date and one reminder at it. */
    UUID created(long at, String task, long due) {
        return append(at, event("task.created", task).put("title", "Pay").put("due_at", time(due)));
    }

    void bytes(long at, byte[] value) {
        events.add(new Entry(at, value));
    }

    Entry reminder(long at, UUID arming, String task, int minutes, long due) {
        long remindAt = due - minutes * 60_000L;
        return reminder(at, Uuid5.of(arming, Integer.toString(minutes)), task, minutes, remindAt, due);
    }

    private Entry reminder(long at, UUID id, String task, int minutes, long remindAt, Long due) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("event_id", id.toString())
                .put("event_type", "reminder.due")
                .put("user_id", USER)
                .put("tenant", "default")
                .put("task_id", task)
                .put("series_id", task.split("~")[0])
                .put("remind_at", time(remindAt))
                .put("sent_at", time(at))
                .put("remind_before_minutes", minutes)
                .put("snoozed", false)
                .put("late", at - remindAt > 60_000);
        if (due != null) {
            json.put("due_at", time(due));
        }
        return add(reminders, at, json);
    }

    /** Takes a reminder back: it was cancelled. */
    void cancel(Entry added) {
        reminders.remove(added);
        cancelled.add(added);
    }

    Entry snoozed(long at, UUID snooze, String task, long remindAt, Long due) {
        Entry entry = reminder(at, Uuid5.of(snooze, "snooze"), task, 0, remindAt, due);
        entry.json(entry.json().put("snoozed", true));
        return entry;
    }

    Entry update(long at, UUID cause, String task, long version, String status, Long due) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("event_id", Uuid5.of(cause, task).toString())
                .put("event_type", "task.changed")
                .put("user_id", USER)
                .put("tenant", "default")
                .put("task_id", task)
                .put("version", version)
                .put("status", status);
        json.putObject("cause").put("event_id", cause.toString());
        if (due != null) {
            json.put("due_at", time(due));
        }
        return add(updates, at, json);
    }

    private static Entry add(List<Entry> topic, long at, ObjectNode json) {
        Entry entry = new Entry(at, new byte[0]);
        entry.json(json);
        topic.add(entry);
        return entry;
    }

    /** The dead letter of an event appended before. */
    Entry deadLetter(long at, int offset, String code) {
        Entry letter = events.get(offset).copy();
        letter.at = at;
        header(letter, WireHeaders.ERROR_CODE, code);
        header(letter, WireHeaders.ERROR_MESSAGE, "because");
        header(letter, WireHeaders.SOURCE_TOPIC, Topics.TASK_EVENTS);
        header(letter, WireHeaders.SOURCE_PARTITION, "0");
        header(letter, WireHeaders.SOURCE_OFFSET, Integer.toString(offset));
        header(letter, WireHeaders.FIRST_SEEN, time(at));
        deadLetters.add(letter);
        return letter;
    }

    static void header(Entry entry, String name, String value) {
        entry.headers.remove(name);
        entry.headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    AuditReport audit(AuditSettings settings, long now) {
        TaskAuditor auditor = new TaskAuditor(settings);
        records().forEach(auditor::accept);
        return auditor.finish(START.plusMillis(now));
    }

    /** The report of a run without crashes, an hour after everything. */
    AuditReport audit() {
        return audit(AuditSettings.crashFree(), 100 * 3_600_000L);
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        topic(Topics.REMINDERS, reminders, records);
        topic(Topics.TASK_EVENTS, events, records);
        topic(Topics.TASK_UPDATES, updates, records);
        topic(Topics.TASK_EVENTS_DLQ, deadLetters, records);
        return records;
    }

    private static void topic(String name, List<Entry> entries, List<ConsumerRecord<byte[], byte[]>> records) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            records.add(new ConsumerRecord<>(
                    name,
                    0,
                    i,
                    START.plusMillis(entry.at).toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    -1,
                    -1,
                    USER.getBytes(StandardCharsets.UTF_8),
                    entry.value,
                    entry.headers,
                    Optional.empty()));
        }
    }
}
