package io.millrace.connectors.kafka.lag;

import io.millrace.connectors.kafka.lag.FirstUnread.Found;
import io.millrace.connectors.kafka.lag.Questions.Topic;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the samples of one look. */
final class SampleMaker {
    /** Partitions of one topic that are looked at. */
    static final int MAX_PARTITIONS = 2_000;

    private static final UUID SAMPLES = UUID.fromString("3c2b1a09-7f6e-5d4c-8b3a-291807f6e5d4");

    private final long at;
    private final long intervalMs;

    /** @param at when the look was made, milliseconds since the epoch */
    SampleMaker(long at, long intervalMs) {
        this.at = at;
        this.intervalMs = intervalMs;
    }

    /** @param settings null when they are not known */
    List<LagSampled> observed(
            String group,
            String topic,
            Members members,
            Topic description,
            TopicSettings settings,
            List<LagSampled.Partition> partitions) {
        List<LagSampled> samples = new ArrayList<>();
        int parts = Math.max(1, (partitions.size() + LagSampled.MAX_PARTITIONS - 1) / LagSampled.MAX_PARTITIONS);
        for (int part = 0; part < parts; part++) {
            int from = part * LagSampled.MAX_PARTITIONS;
            samples.add(new LagSampled(
                    envelope(group, topic, part),
                    group,
                    topic,
                    description.id(),
                    members,
                    intervalMs,
                    part,
                    parts,
                    description.partitions(),
                    settings == null ? null : settings.retentionMs(),
                    false,
                    null,
                    partitions.subList(from, Math.min(partitions.size(), from + LagSampled.MAX_PARTITIONS))));
        }
        return samples;
    }

    /** @param found null when nothing is unread, or it is not known what */
    static LagSampled.Partition partition(int number, Long committed, Long start, long end, Found found) {
        boolean isRecord = found != null && !found.isNothing();
        return new LagSampled.Partition(
                number,
                committed,
                start,
                end,
                isRecord ? Instant.ofEpochMilli(found.timestamp()) : null,
                found != null && found.isNothing());
    }

    LagSampled unobserved(String group, String topic, String problem) {
        return empty(group, topic, false, problem);
    }

    LagSampled gone(String group, String topic) {
        return empty(group, topic, true, null);
    }

    private LagSampled empty(String group, String topic, boolean gone, String problem) {
        return new LagSampled(
                envelope(group, topic, 0),
                group,
                topic,
                null,
                Members.UNKNOWN,
                intervalMs,
                0,
                1,
                0,
                null,
                gone,
                problem,
                List.of());
    }

    private Envelope envelope(String group, String topic, int part) {
        UUID id = Uuid5.of(SAMPLES, topic + '\n' + group + '\n' + at + '\n' + part);
        return new Envelope(id, "lag.sampled", Instant.ofEpochMilli(at), Envelope.DEFAULT_TENANT, null, null);
    }
}
