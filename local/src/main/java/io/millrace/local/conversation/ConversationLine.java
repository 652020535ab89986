package io.millrace.local.conversation;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicWait;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells conversations something and hears what comes from then on. For one thread. */
public final class ConversationLine implements AutoCloseable {
    private final TopicWait heard;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @throws io.millrace.local.topic.TopicException when the topics of conversations are not there */
    public ConversationLine(KafkaConnection kafka, Collection<String> topics) {
        kafka.partitions(Topics.CONVERSATION_EVENTS);
        heard = new TopicWait(kafka, topics);
        producer = kafka.producer();
    }

    /** Publishes an event, and returns when the broker has it. */
    public void tell(ConversationEvent event) {
        String key = event instanceof CustomerErased erased ? erased.customerId() : event.conversationId();
        TopicPublisher.send(
                producer,
                new ProducerRecord<>(Topics.CONVERSATION_EVENTS, key.getBytes(StandardCharsets.UTF_8), event.toJson()));
    }

    /** Gives what comes within that time to {@code reader}. */
    public void hear(Duration time, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        heard.await(time, record -> {
            reader.accept(record);
            return Optional.empty();
        });
    }

    @Override
    public void close() {
        heard.close();
        producer.close();
    }
}
