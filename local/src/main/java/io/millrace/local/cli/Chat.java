package io.millrace.local.cli;

import io.millrace.local.conversation.ConversationLine;
import io.millrace.local.topic.KafkaConnection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One side of a conversation. */
interface Chat {

    /** What is listened to. */
    List<String> topics();

    /** Prints what is to be known at first; what comes from now on is not missed. */
    void begin(KafkaConnection kafka);

    /** @throws CommandFailure when this cannot be said */
    void say(String text, ConversationLine line);

    void heard(ConsumerRecord<byte[], byte[]> record);

    /** Whether nothing is waited for. */
    boolean isOver();

    /** What is waited for, and what to look at. */
    String whyNot();
}
