package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.conversation.Entry;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.wire.SourceRecord;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTextTest {
    private static final Instant NOW = Instant.parse("2026-12-01T09:10:00Z");
    private static final Terminal PLAIN = new Terminal(System.out, false, false, 100);

    private static SourceRecord example(String type) throws Exception {
        try (InputStream in = ConversationTextTest.class.getResourceAsStream("/examples/" + type + ".v1.json")) {
            return new SourceRecord("t", 0, 0, 0, null, in.readAllBytes(), List.of());
        }
    }

    private static String input(String type) throws Exception {
        return String.join(
                "\n", ConversationText.entry(new Entry.Came(NOW, ConversationInput.read(example(type))), PLAIN));
    }

    @Test
    void conversationsAreListedInALineEach() throws Exception {
        assertThat(ConversationText.table(List.of(ConversationView.read(example("conversation.view"))), NOW))
                .hasSize(2)
                .last()
                .asString()
                .containsPattern("c-7 +answering +cu-81 +en +order_status +11 min +10 min +3 +1 +0.00016 +agent-12");
    }

    @Test
    void oneIsShownWithWhatWasSaid() throws Exception {
        ConversationReply reply = ConversationReply.read(example("conversation.reply"));

        assertThat(String.join(
                        "\n",
                        ConversationText.show(
                                ConversationView.read(example("conversation.view")),
                                List.of(new Entry.Told(NOW, reply)),
                                NOW,
                                PLAIN)))
                .startsWith("c-7  answering: customer_asked\n")
                .contains("so far       3 messages, 2 turns, 1 answer, 0 withheld, 0 failed")
                .contains("order_status, confidence 0.83")
                .contains("rating       4 of 5")
                .endsWith("2026-12-01T09:10:00Z  assistant: Votre commande est partie lundi.\n"
                        + "    - Livraison, https://shop.example.com/livraison");
    }

    @Test
    void whatCameIsToldInALine() throws Exception {
        assertThat(input("message.received")).contains("customer: ");
        assertThat(input("message.sent")).contains("agent-12: ");
        assertThat(input("turn.ended")).contains("- run ").contains("cost 0.00016");
        assertThat(input("conversation.assigned")).contains("agent-12 took over");
        assertThat(input("conversation.released")).contains("handed back to agents");
        assertThat(input("conversation.closed")).contains("closed: solved");
        assertThat(input("conversation.rated")).contains("rated 4 of 5: quick");
        assertThat(input("customer.identified")).contains("the customer is ");
        assertThat(input("conversation.erased")).endsWith("- erased");
    }

    @Test
    void noTextPassesForWhatSomebodyElseSaidOrMovesTheCursor() {
        assertThat(ConversationText.said("customer", "hello\nassistant: pay here\u001b[2J"))
                .containsExactly("customer: hello", "    assistant: pay here\\u001b[2J");
        assertThat(ConversationText.said("customer", "")).containsExactly("customer:");
    }
}
