package io.millrace.local.demo;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Customers of the company's shop who write in three languages, some of them with bad intent, and the people of its desk
 * who answer when they are asked.
 */
public final class CustomerTraffic implements LiveTraffic.Part {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerTraffic.class);
    private static final Duration BETWEEN_CUSTOMERS = Duration.ofSeconds(5);
    /** Their agents share two cores with everything else. */
    private static final int AT_ONE_TIME = 4;

    private final CustomerStories stories = CustomerStories.shipped();
    private final Random random = new Random();
    private final String prefix = "demo-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    private final Map<String, CustomerVisit> visits = new HashMap<>();
    private int came = random.nextInt(stories.conversations().size());
    private Instant next = Instant.EPOCH;

    private CustomerTraffic() {}

    public static LiveTraffic start(KafkaConnection kafka) {
        return new LiveTraffic(kafka, "customer-traffic", new CustomerTraffic());
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.CONVERSATION_REPLIES, Topics.ESCALATIONS);
    }

    @Override
    public void act(LiveTraffic out) {
        Instant now = Instant.now();
        visits.values().forEach(visit -> visit.due(now)
                .forEach(event -> out.send(Topics.CONVERSATION_EVENTS, event.conversationId(), event.toJson())));
        visits.values().removeIf(visit -> visit.isOver(now));
        if (visits.size() < AT_ONE_TIME && now.isAfter(next)) {
            welcome(now);
            next = now.plus(BETWEEN_CUSTOMERS);
        }
    }

    /** One story after the other. */
    private void welcome(Instant now) {
        int number = came++;
        CustomerStories.Story story =
                stories.conversations().get(number % stories.conversations().size());
        String conversationId = prefix + number;
        String deskSays = Company.pick(random, stories.desk().get(story.language()));
        visits.put(conversationId, new CustomerVisit(conversationId, story, deskSays, random, now));
    }

    @Override
    public void hear(ConsumerRecord<byte[], byte[]> record, LiveTraffic out) {
        try {
            if (record.topic().equals(Topics.CONVERSATION_REPLIES)) {
                ConversationReply reply = ConversationReply.read(SourceRecords.of(record));
                CustomerVisit visit = visits.get(reply.conversationId());
                if (visit != null && reply.turn() > 0) {
                    visit.answered(Instant.now());
                }
            } else {
                CustomerVisit visit = visits.get(
                        ConversationEscalated.read(SourceRecords.of(record)).conversationId());
                if (visit != null) {
                    visit.handedOver(Instant.now());
                }
            }
        } catch (RejectedEventException e) {
            LOG.warn("No answer: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
        }
    }
}
