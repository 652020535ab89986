package io.millrace.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a {@link ReplayJudge} needs to know of a job. */
public interface ReplayRules {

    /** The topic that it reads. */
    String input();

    /** The topic that it writes. */
    String output();

    String deadLetters();

    /** Whether a record of the input is an event. */
    boolean accepts(ConsumerRecord<byte[], byte[]> record);

    /** What follows from these records of the input until then, by event id. */
    Map<String, ReplayJudge.Told> decided(List<ConsumerRecord<byte[], byte[]>> log, Instant until);

    /** An event of the output as text, less what is known only when it is sent. */
    String told(JsonNode event);
}
