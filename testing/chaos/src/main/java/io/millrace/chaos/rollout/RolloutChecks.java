package io.millrace.chaos.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.DeadLetters;
import io.millrace.chaos.workload.Offences;
import io.millrace.chaos.workload.Report;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.ReplayAudit;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges roll-outs: the inbox, decided about in plain Java, says which events and which last status have to be there, and nothing else
 * may be; what was published came to the inbox, each signal once; and {@link FlagLaws} hold whatever the rules are.
 */
final class RolloutChecks {
    /** For so long a signal that comes again is known for certain: ten intervals of a second. */
    private static final long KNOWN_MILLIS = 10_000;

    /** An interval, and how long it may take until it is told of. */
    private static final long COUNTED_MILLIS = 3_000;

    private final Records records;
    private final Offences offences = new Offences();
    private long latest;
    private long again;

    /**
     * @param topics records of a topic, each partition's in order
     * @param prefix the beginning of the keys of all that is judged
     */
    RolloutChecks(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, String prefix) {
        this.records = new Records(topics, prefix);
    }

    /**
     * @param until what was due by then has to be there, milliseconds since the epoch
     * @param now what may be there follows from the log until then
     */
    Report report(long until, long now) {
        RolloutReplay replay = RolloutReplay.of(records.of(Topics.ROLLOUT_INBOX), now);
        requireEvents(replay, until);
        requireStatuses(replay, until);
        requireInInbox();
        requireSignalsOnce(until - COUNTED_MILLIS);
        FlagLaws laws = new FlagLaws(records, offences);
        int flags = laws.require(replay, until);
        int letters = RolloutTopics.INPUTS.stream()
                .mapToInt(topic -> DeadLetters.require(
                        records.of(topic),
                        records.of(RolloutTopics.deadLetters(topic)),
                        record -> DeadLetters.isAccepted(RolloutTopics.READERS.get(topic), record),
                        offences))
                .sum();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("flags", (long) flags);
        counts.put("inputs", (long) records.of(Topics.ROLLOUT_INBOX).size());
        counts.put("events", (long) replay.events.size());
        counts.put("changes", laws.changes());
        counts.put("rolled_back", laws.tookBack());
        counts.put("dead_letters", (long) letters);
        String headline = "%d flags, %d inputs, %d events, %d changes of flags, %d taken back, %d dead letters"
                .formatted(counts.values().toArray());
        return new Report(
                headline, offences.text(headline), Duration.ofMillis(latest), again, counts, offences.counts());
    }

    /** Those of a flag; what is refused before it comes to a flag has none. */
    private void requireEvents(RolloutReplay replay, long until) {
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records.of(Topics.ROLLOUT_EVENTS)) {
            JsonNode event = Records.json(record.value());
            if (event.path("flag").asText().isEmpty()) {
                continue;
            }
            String id = event.path("event_id").asText();
            RolloutReplay.Told expected = replay.events.get(id);
            boolean isFirst = seen.add(id);
            again += isFirst ? 0 : 1;
            if (expected == null || !expected.text().equals(event.toString())) {
                offences.add(
                        OffenceKind.WRONG,
                        event + (expected == null ? " does not follow from the log" : "; expected " + expected.text()));
            } else if (record.timestamp() < expected.at()) {
                offences.add(OffenceKind.EARLY, event + " at " + record.timestamp());
            } else if (isFirst) {
                latest = Math.max(latest, record.timestamp() - expected.at());
            }
        }
        replay.events.forEach((id, told) -> {
            if (!seen.contains(id) && told.at() <= until) {
                offences.add(OffenceKind.LOST, told.text());
            }
        });
    }

    /** Each follows from the log, and the last is the last. */
    private void requireStatuses(RolloutReplay replay, long until) {
        Map<String, String> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records.of(Topics.ROLLOUT_STATUS)) {
            String text =
                    record.value() == null ? null : Records.json(record.value()).toString();
            String flag = TopicProbe.key(record);
            last.put(flag, text);
            List<RolloutReplay.Told> possible = replay.statuses.getOrDefault(flag, List.of());
            if (possible.stream().noneMatch(told -> Objects.equals(told.text(), text))) {
                offences.add(OffenceKind.WRONG, flag + ": a status that does not follow from the log: " + text);
            }
        }
        replay.statuses.forEach((flag, all) -> {
            int due = all.size();
            while (due > 0 && all.get(due - 1).at() > until) {
                due--;
            }
            boolean isThere = due == 0
                    || last.containsKey(flag)
                            && all.subList(due - 1, all.size()).stream()
                                    .anyMatch(told -> Objects.equals(told.text(), last.get(flag)));
            if (!isThere) {
                offences.add(
                        OffenceKind.LOST,
                        flag + ": its status is " + last.get(flag) + ", and should be "
                                + all.get(due - 1).text());
            }
        });
    }

    /** What was published for roll-outs came to them, or was refused. */
    private void requireInInbox() {
        Set<String> known = new HashSet<>();
        records.accepted(Topics.ROLLOUT_INBOX)
                .forEach(input -> known.add(input.path("event_id").asText()));
        records.of(Topics.ROLLOUT_EVENTS)
                .forEach(record ->
                        known.add(Records.json(record.value()).path("cause_id").asText()));
        for (ConsumerRecord<byte[], byte[]> flag : records.of(Topics.FLAGS)) {
            String id = observed(flag);
            if (id != null && !known.contains(id)) {
                offences.add(OffenceKind.LOST, "not observed: " + TopicProbe.key(flag) + " at " + flag.offset());
            }
        }
        for (String topic : List.of(Topics.ROLLOUT_DEFINITIONS, Topics.ROLLOUT_COMMANDS)) {
            for (JsonNode published : records.accepted(topic)) {
                if (!known.contains(published.path("event_id").asText())) {
                    offences.add(OffenceKind.LOST, "neither in the inbox nor refused: " + published);
                }
            }
        }
    }

    /** The id under which the roll-out of a flag learns of a record; null for one that can't be read. */
    private static String observed(ConsumerRecord<byte[], byte[]> flag) {
        try {
            return FlagSeen.read(ReplayAudit.source(flag))
                    .observed()
                    .envelope()
                    .eventId()
                    .toString();
        } catch (RejectedEventException e) {
            // A dead letter, which is judged as such.
            return null;
        }
    }

    /**
     * An interval has one content, and all intervals have what all signals have.
     *
     * @param until what was logged by then has to be counted, milliseconds since the epoch
     */
    private void requireSignalsOnce(long until) {
        Map<String, Long> told = new HashMap<>();
        Map<String, Long> mayBe = new HashMap<>();
        Map<String, Long> ids = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records.of(Topics.HEALTH_SIGNALS)) {
            if (!DeadLetters.isAccepted(RolloutTopics.READERS.get(Topics.HEALTH_SIGNALS), record)) {
                continue;
            }
            JsonNode signal = Records.json(record.value());
            String of =
                    signal.path("flag").asText() + " " + signal.path("source").asText() + " "
                            + signal.path("variant").asText();
            Long first = ids.putIfAbsent(signal.path("event_id").asText(), record.timestamp());
            if (first == null && record.timestamp() <= until) {
                told.merge(of, signal.path("requests").asLong(), Long::sum);
            } else if (first == null) {
                mayBe.merge(of, signal.path("requests").asLong(), Long::sum);
            } else if (record.timestamp() - first >= KNOWN_MILLIS) {
                mayBe.merge(of, signal.path("requests").asLong(), Long::sum);
            }
        }
        Map<String, Long> counted = new HashMap<>();
        Map<String, String> contents = new HashMap<>();
        for (JsonNode input : records.accepted(Topics.ROLLOUT_INBOX)) {
            if (!input.path("event_type").asText().equals("health.counted")) {
                continue;
            }
            String before = contents.putIfAbsent(input.path("event_id").asText(), input.toString());
            if (before != null) {
                again++;
                if (!before.equals(input.toString())) {
                    offences.add(OffenceKind.TWICE, "one interval with two contents: " + before + " and " + input);
                }
                continue;
            }
            for (JsonNode variant : input.path("variants")) {
                String of =
                        input.path("flag").asText() + " " + input.path("source").asText() + " "
                                + variant.path("variant").asText();
                counted.merge(of, variant.path("requests").asLong(), Long::sum);
            }
        }
        counted.forEach((of, had) -> {
            if (had > told.getOrDefault(of, 0L) + mayBe.getOrDefault(of, 0L)) {
                offences.add(
                        OffenceKind.TWICE, of + ": " + told.get(of) + " requests were told of, " + had + " counted");
            }
        });
        told.forEach((of, requests) -> {
            if (counted.getOrDefault(of, 0L) < requests) {
                offences.add(
                        OffenceKind.LOST,
                        of + ": " + requests + " requests were told of, " + counted.get(of) + " counted");
            }
        });
    }
}
