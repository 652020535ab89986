package io.millrace.local.agent;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.AgentResultWriter;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Answers on the topics of the agents job without being it: {@code echo} with its input, {@code broken} with a failure,
 * {@code strange} with a dead letter, {@code knowledge} with a passage to a question about returns, {@code response} with
 * what it says, others not at all; and refuses the registration of {@code loop}.
 */
public final class StandInJob implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "stand-in-job");
    private volatile boolean stopped;

    public StandInJob(KafkaConnection kafka) {
        consumer = kafka.consumer(null);
        producer = kafka.producer();
        List<TopicPartition> partitions = new ArrayList<>(kafka.partitions(Topics.AGENT_CALLS));
        partitions.addAll(kafka.partitions(Topics.AGENT_REGISTRY));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private void run() {
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                SourceRecord source = SourceRecords.of(record);
                if (record.topic().equals(Topics.AGENT_CALLS)) {
                    call(source);
                } else if (record.value() != null && new String(record.key(), StandardCharsets.UTF_8).equals("loop")) {
                    refuse(source, ErrorCode.FALLBACK_LOOP, "fallback.agents: loop would be its own fallback");
                }
            }
        }
    }

    private void call(SourceRecord source) {
        try {
            AgentCall call = AgentCallReader.read(source);
            switch (call.agent()) {
                case "echo" -> answer(call, Status.OK, call.input(), null);
                case "knowledge" -> answer(call, Status.OK, hits(call), null);
                case "response" -> answer(call, Status.OK, "{\"text\":\"Within 30 days.\",\"confidence\":0.91}", null);
                case "broken" ->
                    answer(call, Status.FAILED, null, new AgentError(AgentErrorCode.AGENT_FAILED, "out of order"));
                case "strange" -> refuse(source, ErrorCode.REPLY_TOPIC_NOT_ALLOWED, "reply_to: must be another");
                default -> {}
            }
        } catch (RejectedEventException e) {
            refuse(source, e.code(), e.getMessage());
        }
    }

    private static String hits(AgentCall call) {
        return call.input().contains("return")
                ? "{\"hits\":[{\"document_id\":\"returns\",\"title\":\"Returns\",\"section\":\"How long\",\"text\":\"You have 30 days.\","
                        + "\"language\":\"en\",\"score\":0.8}]}"
                : "{\"hits\":[]}";
    }

    private void answer(AgentCall call, Status status, String output, AgentError error) {
        UUID calls = Uuid5.of(new UUID(0, 0), AgentCall.TYPE);
        AgentResult result = new AgentResult(
                AgentResult.idOf(Uuid5.of(calls, call.tenant() + '\u001f' + call.callKey())),
                System.currentTimeMillis(),
                call.tenant(),
                call.callKey(),
                call.agent(),
                error == null ? call.agent() : null,
                status,
                output,
                error,
                new Usage(812, 64),
                160,
                2,
                false,
                3,
                412,
                520,
                null,
                null);
        producer.send(new ProducerRecord<>(
                Topics.AGENT_RESULTS,
                call.callKey().getBytes(StandardCharsets.UTF_8),
                AgentResultWriter.write(result)));
    }

    private void refuse(SourceRecord source, ErrorCode code, String message) {
        OutboundRecord letter = DeadLetters.of(source, code, message);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(source.topic() + Topics.DEAD_LETTER_SUFFIX, letter.key(), letter.value());
        letter.headers().forEach(header -> record.headers().add(header.key(), header.value()));
        producer.send(record);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
