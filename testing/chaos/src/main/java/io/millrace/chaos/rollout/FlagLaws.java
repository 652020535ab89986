package io.millrace.chaos.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Offences;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What holds of each flag whatever the rules of roll-outs are: its events are numbered without gap, one for each number, so that one
 * alone has decided; its revision never falls; and its percentage only with an event that says so. What others publish has no revision.
 */
final class FlagLaws {
    /** Of a new roll-out, or of one that goes on from the log. */
    private static final Set<String> BEGINNINGS = Set.of("defined", "found");

    private final Records records;
    private final Offences offences;
    private final Map<String, TreeMap<Long, JsonNode>> events = new HashMap<>();
    private long changes;

    FlagLaws(Records records, Offences offences) {
        this.records = records;
        this.offences = offences;
    }

    /** How many different changes of flags there were. */
    long changes() {
        return changes;
    }

    /** How many roll-outs were taken back by themselves. */
    long tookBack() {
        return events.values().stream()
                .flatMap(all -> all.values().stream())
                .filter(event -> event.path("kind").asText().equals("rolled_back")
                        && event.path("cause_id").isMissingNode())
                .count();
    }

    /**
     * @param until what was wanted by then has to be written, milliseconds since the epoch
     * @return how many flags there are
     */
    int require(RolloutReplay replay, long until) {
        requireNumbers();
        Map<String, Written> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records.of(Topics.FLAGS)) {
            Written written = written(record);
            if (written != null) {
                require(written, last.get(written.flag()), replay);
                last.put(written.flag(), written);
            }
        }
        replay.figures.forEach((flag, figures) -> {
            if (figures.unwrittenSince() != 0 && figures.unwrittenSince() <= until) {
                offences.add(OffenceKind.LOST, "what is wanted of " + flag + " does not stand in its log: " + figures);
            }
            boolean isOut = figures.percent() > 0
                    && (figures.phase() == RolloutPhase.RUNNING || figures.phase() == RolloutPhase.PAUSED);
            if (isOut && RolloutPlan.Shape.of(flag) == RolloutPlan.Shape.WORSE) {
                offences.add(OffenceKind.LOST, flag + " is worse, and somebody still has it: " + figures);
            }
        });
        return events.size();
    }

    private void requireNumbers() {
        for (ConsumerRecord<byte[], byte[]> record : records.of(Topics.ROLLOUT_EVENTS)) {
            JsonNode event = Records.json(record.value());
            String flag = event.path("flag").asText();
            if (flag.isEmpty()) {
                continue;
            }
            JsonNode before = events.computeIfAbsent(flag, any -> new TreeMap<>())
                    .putIfAbsent(event.path("number").asLong(), event);
            if (before != null && !before.path("event_id").equals(event.path("event_id"))) {
                offences.add(OffenceKind.TWICE, "one number for " + before + " and " + event);
            }
        }
        events.forEach((flag, all) -> {
            if (all.lastKey() != all.size() - 1) {
                offences.add(OffenceKind.ORDER, flag + ": events " + all.keySet());
            }
        });
    }

    /** A flag as the job wrote it. @param percent that get the new variant */
    private record Written(String flag, long revision, int percent, String phase) {}

    /** Null when somebody else wrote it, or deleted it. */
    private static Written written(ConsumerRecord<byte[], byte[]> record) {
        JsonNode flag = Records.jsonOrNothing(record.value());
        JsonNode metadata = flag.path("metadata");
        if (!metadata.has("millrace_revision")) {
            return null;
        }
        return new Written(
                TopicProbe.key(record),
                metadata.path("millrace_revision").asLong(),
                Records.percent(flag),
                metadata.path("millrace_phase").asText());
    }

    private void require(Written now, Written before, RolloutReplay replay) {
        NavigableMap<Long, WantedFlag> wanted = replay.wanted.getOrDefault(now.flag(), new TreeMap<>());
        WantedFlag expected = wanted.get(now.revision());
        if (expected == null) {
            offences.add(OffenceKind.WRONG, now + " does not follow from the log");
        } else if (expected.percent() != now.percent()
                || !EventType.wireName(expected.phase()).equals(now.phase())) {
            offences.add(OffenceKind.WRONG, now + ", but wanted is " + expected);
        }
        if (before == null || before.revision() < now.revision()) {
            changes++;
        }
        if (before == null) {
            return;
        }
        if (now.revision() < before.revision()) {
            offences.add(OffenceKind.ORDER, "an older revision: " + now + " after " + before);
        }
        if (now.percent() < before.percent() && !isTold(now, before)) {
            offences.add(OffenceKind.WRONG, "no event says why it went back: " + now + " after " + before);
        }
    }

    private boolean isTold(Written now, Written before) {
        List<JsonNode> all =
                List.copyOf(events.getOrDefault(now.flag(), new TreeMap<>()).values());
        return all.stream()
                .filter(event -> event.path("revision").asLong() >= before.revision()
                        && event.path("revision").asLong() <= now.revision())
                .anyMatch(event -> event.path("percent").asInt()
                                < event.path("percent_before").asInt()
                        || BEGINNINGS.contains(event.path("kind").asText()));
    }
}
