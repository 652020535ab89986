package io.millrace.local.agent;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.local.topic.TopicWait;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes calls and finds their results. */
public final class AgentCaller {

    private final KafkaConnection kafka;

    public AgentCaller(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * The final result that a call with that key has already: the first by offset is the truth.
     *
     * @param limit of reading the results from their beginning
     */
    public Optional<CallAnswer> earlier(AgentCall call, Duration limit) {
        CallAnswer[] found = new CallAnswer[1];
        TopicScan.read(kafka, List.of(Topics.AGENT_RESULTS), limit, record -> {
            if (found[0] == null) {
                found[0] = resultOf(call, record)
                        .filter(answer -> answer.result().isFinal())
                        .orElse(null);
            }
        });
        return Optional.ofNullable(found[0]);
    }

    public RecordMetadata publish(AgentCall call) {
        return TopicPublisher.send(
                kafka,
                new ProducerRecord<>(
                        Topics.AGENT_CALLS,
                        call.callKey().getBytes(StandardCharsets.UTF_8),
                        AgentCallWriter.write(call)));
    }

    /**
     * Publishes a call and waits for what becomes of it.
     *
     * @return empty when neither a result nor a dead letter came within {@code limit}
     */
    public Optional<CallAnswer> ask(AgentCall call, Duration limit) {
        try (TopicWait answers = new TopicWait(kafka, List.of(Topics.AGENT_RESULTS, Topics.AGENT_CALLS_DLQ))) {
            RecordMetadata published = publish(call);
            return answers.await(
                    limit,
                    record -> record.topic().equals(Topics.AGENT_RESULTS)
                            ? resultOf(call, record)
                            : refusalOf(published, record));
        }
    }

    private static Optional<CallAnswer> resultOf(AgentCall call, ConsumerRecord<byte[], byte[]> record) {
        if (!Arrays.equals(record.key(), call.callKey().getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        try {
            AgentResult result = AgentResultReader.read(SourceRecords.of(record));
            boolean isOfCall =
                    result.tenant().equals(call.tenant()) && result.callKey().equals(call.callKey());
            return isOfCall ? Optional.of(new CallAnswer(result, record.value(), null)) : Optional.empty();
        } catch (RejectedEventException e) {
            // Whatever somebody wrote there, it is no result.
            return Optional.empty();
        }
    }

    private static Optional<CallAnswer> refusalOf(RecordMetadata call, ConsumerRecord<byte[], byte[]> record) {
        return Rejection.of(record)
                .filter(letter -> letter.isOf(call.topic(), call.partition(), call.offset()))
                .map(letter -> new CallAnswer(null, null, letter));
    }
}
