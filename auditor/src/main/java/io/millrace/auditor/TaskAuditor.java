package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Audits a tasks job by what is on its topics: every reminder once and never early, none lost, none for a task that was
 * done, every bad record a dead letter. Give it the records of each partition in order, from its beginning, then ask
 * for the report; {@link AuditFeed} does the reading.
 *
 * <p>Not judged: which occurrences a series must have (those announced are taken as they are), and what a change of a
 * whole series does to occurrences already made, for which only impossible ids and moments are offences; whether a
 * recurrence rule can be read; titles and other fields that no reminder depends on; which of several faults of a bad
 * record its code names. Where docs/tasks.md leaves a choice open, {@link Lifecycle} lists the answers and the one on
 * the topics is followed.
 *
 * <p>It keeps what it needs of each record in memory, not its bytes: about 600 bytes per record on any topic, so a
 * gigabyte of heap holds about 1.5 million records. A larger history is audited in {@link AuditSettings#slice slices}
 * of the users, each a pass over the topics with its share of the memory; {@link AuditFeed#audit(String, AuditSettings,
 * Duration)} does that. The events of one user are expected in one partition.
 *
 * <p>Not thread-safe.
 */
public final class TaskAuditor {
    private final AuditSettings settings;
    private final EventParser events = new EventParser();
    private final OutputParser outputs = new OutputParser();
    private final Map<SeriesKey, SeriesLog> series = new HashMap<>();
    private final List<EventRecord> bad = new ArrayList<>();
    private final Map<Position, List<DeadLetter>> deadLetters = new HashMap<>();
    private final Map<Integer, Long> firstOffsets = new HashMap<>();
    private final List<Offence> unreadable = new ArrayList<>();
    private long eventCount;
    private long reminderCount;
    private long updateCount;
    private long deadLetterCount;

    public TaskAuditor(AuditSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes the next record of a partition; one of a topic that is not among {@link AuditSettings#topics} is passed
     * over. Never throws for what is in a record.
     */
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        AuditSettings.TopicNames topics = settings.topics();
        if (record.topic().equals(topics.events())) {
            event(record);
        } else if (record.topic().equals(topics.deadLetters())) {
            deadLetter(record);
        } else if (record.topic().equals(topics.reminders()) || record.topic().equals(topics.updates())) {
            output(record, record.topic().equals(topics.reminders()));
        }
    }

    /**
     * The first record of a partition of the topic of events has this offset: dead letters of earlier ones are passed
     * over.
     */
    void startAt(int partition, long offset) {
        firstOffsets.put(partition, offset);
    }

    private void event(ConsumerRecord<byte[], byte[]> record) {
        firstOffsets.putIfAbsent(record.partition(), record.offset());
        EventRecord event = events.parse(record);
        if (!isCovered(event)) {
            return;
        }
        eventCount++;
        if (event.isBad()) {
            bad.add(event);
        } else {
            log(event.tenant(), event.userId(), event.rootId()).add(event);
        }
    }

    private boolean isCovered(EventRecord event) {
        return event.isBad()
                ? settings.covers(Long.hashCode(event.fingerprint().low()))
                : settings.covers(event.tenant(), event.userId());
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String where = where(record);
        // Of the same share as its original, unless the bytes were changed: an offence in either.
        if (!isCovered(events.parse(record))) {
            return;
        }
        deadLetterCount++;
        DeadLetter letter = DeadLetter.of(record, where, settings.topics().events());
        if (letter.source() == null) {
            unreadable.add(new Offence(OffenceKind.DLQ, "record " + where, letter + " does not say where it is from"));
        } else {
            deadLetters.computeIfAbsent(letter.source(), p -> new ArrayList<>()).add(letter);
        }
    }

    private void output(ConsumerRecord<byte[], byte[]> record, boolean isReminder) {
        try {
            JsonNode json = outputs.json(record);
            OutputParser.Owner owner = OutputParser.owner(json);
            if (!settings.covers(owner.tenant(), owner.userId())) {
                return;
            }
            if (isReminder) {
                reminderCount++;
                ReminderRecord reminder = OutputParser.reminder(json, where(record), record.timestamp());
                log(owner.tenant(), owner.userId(), rootOf(reminder.taskId())).add(reminder);
            } else {
                updateCount++;
                UpdateRecord update = OutputParser.update(json, where(record), record.timestamp());
                log(owner.tenant(), owner.userId(), rootOf(update.taskId())).add(update);
            }
        } catch (OutputParser.Unreadable e) {
            unreadable.add(new Offence(OffenceKind.WRONG, "record " + where(record), e.getMessage()));
        }
    }

    private SeriesLog log(String tenant, String userId, String rootId) {
        return series.computeIfAbsent(new SeriesKey(tenant, userId, rootId), key -> new SeriesLog());
    }

    private static String rootOf(String taskId) {
        int separator = taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
        return separator < 0 ? taskId : taskId.substring(0, separator);
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /**
     * Judges what was accepted so far. More may be accepted afterwards, and judged again.
     *
     * @param now until when the topics were read, by the broker's clock: what is due later may be missing
     */
    public AuditReport finish(Instant now) {
        return finish(now, settings.longestOutage());
    }

    /**
     * As {@link #finish(Instant)}, when it is known only now for how long the job was down.
     *
     * @param longestOutage the longest time for which the job did not run, or not read
     */
    public AuditReport finish(Instant now, Duration longestOutage) {
        Findings findings = new Findings(settings.down(longestOutage), now.toEpochMilli());
        DeadLetters letters = new DeadLetters(deadLetters, findings);
        unreadable.forEach(offence -> findings.add(offence.kind(), offence.subject(), offence.detail()));
        bad.forEach(event -> letters.expect(event, DeadLetters.ANY, event.logTime()));
        series.forEach((key, log) -> new SeriesAudit(key, log, letters, findings).run());
        letters.unmatched(firstOffsets);
        return new AuditReport(
                eventCount,
                findings.accepted,
                findings.duplicates,
                findings.occurrences,
                reminderCount,
                updateCount,
                findings.redelivered,
                deadLetterCount,
                findings.lateness(),
                findings.slowestUpdate,
                findings.counts(),
                findings.offences());
    }
}
