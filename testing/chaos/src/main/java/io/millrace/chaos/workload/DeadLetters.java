package io.millrace.chaos.workload;

import io.millrace.auditor.OffenceKind;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.WireHeaders;
import io.millrace.testing.jobs.ReplayAudit;
import io.millrace.testing.kafka.TopicProbe;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether what is no event, and nothing else, is a dead letter with its original bytes. */
public final class DeadLetters {
    private DeadLetters() {}

    /** Whether the reader of a topic takes the record. */
    public static boolean isAccepted(EventReader<?> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.read(ReplayAudit.source(record));
            return true;
        } catch (RejectedEventException e) {
            return false;
        }
    }

    /**
     * @param records of a topic
     * @param letters of its topic of dead letters
     * @return how many there have to be
     */
    public static int require(
            List<ConsumerRecord<byte[], byte[]>> records,
            List<ConsumerRecord<byte[], byte[]>> letters,
            Predicate<ConsumerRecord<byte[], byte[]>> isAccepted,
            Offences offences) {
        Map<String, byte[]> bad = new HashMap<>();
        records.stream()
                .filter(isAccepted.negate())
                .forEach(record ->
                        bad.put(record.topic() + " " + record.partition() + "/" + record.offset(), record.value()));
        Map<String, byte[]> missing = new HashMap<>(bad);
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            String position = TopicProbe.header(letter, WireHeaders.SOURCE_TOPIC) + " "
                    + TopicProbe.header(letter, WireHeaders.SOURCE_PARTITION) + "/"
                    + TopicProbe.header(letter, WireHeaders.SOURCE_OFFSET);
            missing.remove(position);
            if (!bad.containsKey(position) || !Arrays.equals(bad.get(position), letter.value())) {
                offences.add(OffenceKind.DLQ, "a dead letter that is not what was at " + position);
            }
        }
        missing.keySet().forEach(at -> offences.add(OffenceKind.DLQ, "no dead letter of " + at));
        return bad.size();
    }
}
