package io.millrace.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the agents that come with Millrace as services of the company would: it follows what the tasks job publishes, and
 * calls at a modest rate.
 */
public final class AgentTraffic implements LiveTraffic.Part {

    private static final Logger LOG = LoggerFactory.getLogger(AgentTraffic.class);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(200);
    private static final ObjectReader JSON =
            new ObjectMapper(IsolatedJson.factory().build()).reader();

    private final CallStories stories = new CallStories(new Random());
    private Instant next = Instant.EPOCH;

    private AgentTraffic() {}

    public static LiveTraffic start(KafkaConnection kafka) {
        return new LiveTraffic(kafka, "agent-traffic", new AgentTraffic());
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.TASK_UPDATES, Topics.REMINDERS);
    }

    @Override
    public void hear(ConsumerRecord<byte[], byte[]> record, LiveTraffic out) {
        Instant now = Instant.now();
        if (now.isBefore(next)) {
            return;
        }
        try {
            for (SampleEvent call : stories.on(JSON.readTree(record.value()), now)) {
                out.send(Topics.AGENT_CALLS, call.key(), call.value());
                next = now.plus(BETWEEN_CALLS);
            }
        } catch (IOException e) {
            LOG.warn("Not JSON: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
        }
    }
}
