package io.millrace.logic.slo;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of one partition, one each ten seconds, as words: {@code committed/end}, {@code -} for nothing committed.
 * After {@code @} the second at which the first unread record was logged, after {@code >} where the log starts,
 * {@code x} when nothing of it can be read, {@code *n} for n such samples, {@code _} for none, and {@code !} in front
 * when the topic was made again.
 */
final class Samples {
    static final long START = 1_800_000_000_000L;
    static final long INTERVAL = 10_000;
    static final String GROUP = "billing";
    static final String TOPIC = "orders";
    static final String KEY = LagSampled.key(GROUP, TOPIC);

    private static final Pattern WORD =
            Pattern.compile("(!?)(?:(_)|(-|\\d+)/(\\d+)(?:>(\\d+))?(?:@(\\d+))?(x?))(?:\\*(\\d+))?");

    private Samples() {}

    static List<LagSampled> of(Members members, String words) {
        List<LagSampled> samples = new ArrayList<>();
        int made = 1;
        long at = START;
        for (String word : words.trim().split("\\s+")) {
            Matcher matcher = WORD.matcher(word);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(word);
            }
            made += matcher.group(1).isEmpty() ? 0 : 1;
            int times = matcher.group(8) == null ? 1 : Integer.parseInt(matcher.group(8));
            for (int i = 0; i < times; i++) {
                if (matcher.group(2) == null) {
                    samples.add(sample(at, members, "id-" + made, List.of(partition(matcher))));
                }
                at += INTERVAL;
            }
        }
        return samples;
    }

    private static LagSampled.Partition partition(Matcher matcher) {
        return new LagSampled.Partition(
                0,
                matcher.group(3).equals("-") ? null : Long.valueOf(matcher.group(3)),
                matcher.group(5) == null ? null : Long.valueOf(matcher.group(5)),
                Long.parseLong(matcher.group(4)),
                matcher.group(6) == null ? null : second(Long.parseLong(matcher.group(6))),
                !matcher.group(7).isEmpty());
    }

    static Instant second(long second) {
        return Instant.ofEpochMilli(START + second * 1_000);
    }

    static LagSampled sample(long at, Members members, String topicId, List<LagSampled.Partition> partitions) {
        return sample(at, members, topicId, 0, 1, partitions.size(), partitions);
    }

    static LagSampled sample(
            long at,
            Members members,
            String topicId,
            int part,
            int parts,
            int count,
            List<LagSampled.Partition> partitions) {
        return new LagSampled(
                envelope(at),
                GROUP,
                TOPIC,
                topicId,
                members,
                INTERVAL,
                part,
                parts,
                count,
                3_600_000L,
                false,
                null,
                partitions);
    }

    static LagSampled gone(long at) {
        return new LagSampled(
                envelope(at), GROUP, TOPIC, null, Members.UNKNOWN, INTERVAL, 0, 1, 0, null, true, null, List.of());
    }

    static LagSampled unobserved(long at, String problem) {
        return new LagSampled(
                envelope(at), GROUP, TOPIC, null, Members.UNKNOWN, INTERVAL, 0, 1, 0, null, false, problem, List.of());
    }

    private static Envelope envelope(long at) {
        return new Envelope(new UUID(0, at), "lag.sampled", Instant.ofEpochMilli(at), "default", null, null);
    }

    static LagSampled.Partition read(int number, long committed, long end) {
        return new LagSampled.Partition(number, committed, null, end, null, false);
    }
}
