package io.millrace.operators.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.customer.CustomerInput;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.CustomerIdentified;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private static final long NOW = 1_800_000_000_000L;

    private static Envelope envelope(long id) {
        return new Envelope(new UUID(5, id), "any", Instant.ofEpochMilli(NOW), "acme", "corr", null);
    }

    private static CustomerInput message(String conversation) {
        return Customers.inputOf(
                new MessageReceived(envelope(1), conversation, "cu-1", "chat", "hello", List.of()));
    }

    private static CustomerInput erasure() {
        return Customers.inputOf(new CustomerErased(envelope(2), "cu-1"));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, CustomerInput, OutboundRecord> harness(
            OperatorSubtaskState state) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, CustomerInput, OutboundRecord>(
                Customers.operator(Duration.ofDays(400)), CustomerInput::key, Types.STRING);
        harness.setProcessingTime(NOW + 10);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    @Test
    void anErasedCustomersConversationsAreErasedByEventsOfTheirOwn() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            harness.processElement(message("c-1"), NOW);
            harness.processElement(
                    Customers.inputOf(new CustomerIdentified(envelope(3), "c-2", "cu-1")), NOW + 1);
            state = harness.snapshot(1, NOW);
        }

        try (var harness = harness(state)) {
            harness.processElement(new StreamRecord<>(erasure(), NOW + 5));
            harness.processElement(message("c-3"), NOW + 4);

            List<OutboundRecord> records = harness.extractOutputValues();
            assertThat(records)
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .containsExactly("c-1", "c-2", "c-3");
            for (OutboundRecord record : records) {
                ConversationEvent event = ConversationEvent.read(
                        new SourceRecord("t", 0, 0, NOW, record.key(), record.value(), record.headers()));
                assertThat(event).isInstanceOf(ConversationErased.class);
                assertThat(((ConversationErased) event).request()).isEqualTo(new UUID(5, 2).toString());
                assertThat(event.envelope().tenant()).isEqualTo("acme");
                assertThat(event.envelope().correlationId()).isEqualTo("corr");
            }
        }
    }

    @Test
    void anEventThatNamesNoCustomerSaysNothingOfOne() {
        assertThat(Customers.inputOf(new MessageReceived(envelope(1), "c-1", null, "chat", "hello", List.of())))
                .isNull();
        assertThat(Customers.inputOf(new ConversationErased(envelope(1), "c-1", null)))
                .isNull();
    }
}
