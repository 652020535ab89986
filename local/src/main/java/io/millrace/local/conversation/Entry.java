package io.millrace.local.conversation;

import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReply;
import java.time.Instant;

/** Something in the transcript of a conversation, at its log time. Personal data is tokens. */
public sealed interface Entry {

    Instant at();

    byte[] toJson();

    /** The conversation was told something. */
    record Came(Instant at, ConversationInput input) implements Entry {
        @Override
        public byte[] toJson() {
            return input.toJson();
        }
    }

    /** The customer was told something. */
    record Told(Instant at, ConversationReply reply) implements Entry {
        @Override
        public byte[] toJson() {
            return reply.toJson();
        }
    }

    /** A person was asked. */
    record Asked(Instant at, ConversationEscalated escalation) implements Entry {
        @Override
        public byte[] toJson() {
            return escalation.toJson();
        }
    }
}
