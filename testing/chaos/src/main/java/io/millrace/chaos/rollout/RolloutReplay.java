package io.millrace.chaos.rollout;

import io.millrace.logic.decision.Replay;
import io.millrace.logic.rollout.RolloutDecider;
import io.millrace.logic.rollout.RolloutFigures;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.RolloutState;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.testing.jobs.ReplayAudit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What follows from the inbox, decided about in plain Java. */
final class RolloutReplay {
    /** Events by their ids. */
    final Map<String, Told> events = new LinkedHashMap<>();
    /** Statuses of each flag, one after the other; without text where there is none any more. */
    final Map<String, List<Told>> statuses = new HashMap<>();
    /** What was wanted of each flag, by revision. */
    final Map<String, TreeMap<Long, WantedFlag>> wanted = new HashMap<>();
    /** What is measured of each flag in the end. */
    final Map<String, RolloutFigures> figures = new HashMap<>();

    /** @param at the time of the decision, milliseconds since the epoch */
    record Told(String text, long at) {}

    private RolloutReplay() {}

    /**
     * @param inbox its records, each partition's in order
     * @param until wakes all roll-outs up to then, milliseconds since the epoch
     */
    static RolloutReplay of(List<ConsumerRecord<byte[], byte[]>> inbox, long until) {
        RolloutReplay all = new RolloutReplay();
        Replay<RolloutState, RolloutInput, RolloutNews> replay = new Replay<>(new RolloutDecider(), all::take);
        inbox.stream()
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .forEach(record -> {
                    try {
                        RolloutInput input = RolloutInput.read(ReplayAudit.source(record));
                        replay.decide(input.flag(), input, record.timestamp());
                    } catch (RejectedEventException e) {
                        // A dead letter, which is judged as such.
                        return;
                    }
                });
        replay.until(until);
        return all;
    }

    /** @param time of the record that what was due before it was decided with */
    private void take(RolloutNews news, long time) {
        if (news.event() != null) {
            events.put(
                    news.event().envelope().eventId().toString(),
                    told(
                            news.event().toJson(),
                            news.event().envelope().occurredAt().toEpochMilli()));
        } else if (news.status() != null) {
            add(
                    news.flag(),
                    told(
                            news.status().toJson(),
                            news.status().envelope().occurredAt().toEpochMilli()));
            figures.put(news.flag(), news.figures());
        } else if (news.wanted() != null) {
            wanted.computeIfAbsent(news.flag(), flag -> new TreeMap<>())
                    .put(news.wanted().revision(), news.wanted());
        } else {
            add(news.flag(), new Told(null, time));
            figures.remove(news.flag());
        }
    }

    private void add(String flag, Told told) {
        statuses.computeIfAbsent(flag, any -> new ArrayList<>()).add(told);
    }

    private static Told told(byte[] json, long at) {
        return new Told(Records.json(json).toString(), at);
    }
}
