package io.millrace.local.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.logic.conversation.BusinessHours;
import io.millrace.logic.conversation.ConversationCommand;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.logic.conversation.ConversationSettings;
import io.millrace.logic.conversation.ConversationState;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The conversations job without Flink: the same rules, on the same topics. Its vault knows one thing that is personal, and
 * its runs answer at once: with what was said, or with a person when one is asked for.
 */
final class StandInConversations implements AutoCloseable {
    static final String PERSONAL = "ann@example.com";
    static final String TOKEN = "TOKEN_5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "stand-in-conversations");
    private final Map<String, ConversationState> states = new HashMap<>();
    private final Map<String, Set<String>> ofCustomers = new HashMap<>();
    private final ConversationDecider decider = new ConversationDecider(new ConversationSettings(
            "customer-turn",
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            3,
            20,
            1_000_000,
            BusinessHours.parse("always", ZoneOffset.UTC),
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ofDays(7),
            Duration.ofDays(30),
            ""));
    private volatile boolean stopped;

    StandInConversations(KafkaConnection kafka) {
        consumer = kafka.consumer(null);
        producer = kafka.producer();
        consumer.assign(kafka.partitions(Topics.CONVERSATION_EVENTS));
        consumer.seekToBeginning(consumer.assignment());
        thread.start();
    }

    private void run() {
        while (!stopped) {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                try {
                    take(ConversationEvent.read(SourceRecords.of(record)));
                } catch (RejectedEventException e) {
                    throw new IllegalStateException(e);
                }
            });
            long now = System.currentTimeMillis();
            for (String key : Set.copyOf(states.keySet())) {
                ConversationState state = states.get(key);
                if (state != null && decider.nextWake(state) <= now) {
                    decided(key, decider.wake(key, state, now));
                }
            }
        }
    }

    private void take(ConversationEvent event) {
        if (event instanceof CustomerErased erased) {
            ofCustomers
                    .getOrDefault(erased.customerId(), Set.of())
                    .forEach(id ->
                            come(new ConversationErased(envelope("conversation.erased", erased.envelope()), id, null)));
            return;
        }
        if (event instanceof MessageReceived message) {
            if (message.customerId() != null) {
                ofCustomers
                        .computeIfAbsent(message.customerId(), id -> new HashSet<>())
                        .add(message.conversationId());
            }
            come(message.withText(message.text().replace(PERSONAL, TOKEN)));
        } else {
            come((ConversationInput) event);
        }
    }

    private static Envelope envelope(String type, Envelope cause) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), cause.tenant(), null, null);
    }

    private void come(ConversationInput input) {
        send(Topics.CONVERSATION_INBOX, input.conversationId(), input.toJson());
        String key = ConversationDecider.key(input);
        decided(key, decider.decide(key, states.get(key), input, System.currentTimeMillis()));
    }

    private void decided(String key, Decision<ConversationState, ?, ConversationCommand> decision) {
        states.put(key, decision.state());
        decision.commands().forEach(this::carryOut);
    }

    private void carryOut(ConversationCommand command) {
        if (command instanceof ConversationCommand.Show show) {
            send(Topics.CONVERSATION_UPDATES, show.view().key(), show.view().toJson());
        } else if (command instanceof ConversationCommand.Escalate escalate) {
            send(
                    Topics.ESCALATIONS,
                    escalate.escalation().conversationId(),
                    escalate.escalation().toJson());
        } else if (command instanceof ConversationCommand.Tell tell) {
            String text = tell.reply().text().replace(TOKEN, PERSONAL);
            send(
                    Topics.CONVERSATION_REPLIES,
                    tell.reply().conversationId(),
                    tell.reply().withText(text).toJson());
        } else if (command instanceof ConversationCommand.Run run && run.command() instanceof WorkflowStart start) {
            come(new TurnEnded(
                    envelope("turn.ended", start.envelope()),
                    start.attributes().get("conversation"),
                    start.runId(),
                    RunStatus.COMPLETED,
                    answer(start.input()),
                    null,
                    160));
        }
    }

    private static String answer(String input) {
        String text;
        try {
            text = JSON.readTree(input).path("text").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (text.contains("a person please")) {
            return "{\"action\":\"escalate\",\"reason\":\"customer_asked\",\"language\":\"en\",\"priority\":\"P2\"}";
        }
        String whom = text.contains(TOKEN) ? TOKEN : "you";
        return "{\"action\":\"reply\",\"text\":\"We write to " + whom + ".\",\"language\":\"en\",\"intent\":\"other\","
                + "\"citations\":[{\"document_id\":\"d\",\"title\":\"Contact\",\"url\":\"https://shop.example.com/c\"}]}";
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
