package io.millrace.local.slo;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How consumer groups do, as it was told last. */
public final class Statuses {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Comparator<SloStatus> WORST_FIRST = Comparator.comparing(SloStatus::verdict)
            .thenComparing(SloStatus::lagMs)
            .reversed()
            .thenComparing(SloStatus::group)
            .thenComparing(SloStatus::topic);

    private Statuses() {}

    /** All of them, the worst first. */
    public static List<SloStatus> read(KafkaConnection kafka) {
        Map<String, SloStatus> byKey = new TreeMap<>();
        TopicScan.read(kafka, List.of(Topics.SLO_STATUS), LIMIT, record -> apply(record, byKey));
        return byKey.values().stream().sorted(WORST_FIRST).toList();
    }

    private static void apply(ConsumerRecord<byte[], byte[]> record, Map<String, SloStatus> byKey) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        byKey.remove(key);
        if (record.value() != null) {
            try {
                byKey.put(key, SloStatus.read(SourceRecords.of(record)));
            } catch (RejectedEventException e) {
                // Somebody else wrote to the topic; what the job said before does not count any more.
                return;
            }
        }
    }
}
