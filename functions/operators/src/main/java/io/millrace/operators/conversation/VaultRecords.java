package io.millrace.operators.conversation;

import io.millrace.logic.vault.VaultOwner;
import io.millrace.logic.vault.WrappedKey;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationKey;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The records of what a vault sends. */
final class VaultRecords {

    private VaultRecords() {}

    static OutboundRecord ofEvent(ConversationEvent event) {
        return of(event.conversationId(), event.toJson(), event.envelope());
    }

    static OutboundRecord ofReply(ConversationReply reply) {
        return of(reply.conversationId(), reply.toJson(), reply.envelope());
    }

    private static OutboundRecord of(String key, byte[] value, Envelope envelope) {
        return OutboundRecord.of(key, value, envelope.correlationId(), envelope.traceparent());
    }

    /** @param at log time of what it was made for, milliseconds since the epoch */
    static OutboundRecord ofKey(VaultOwner owner, UUID keyId, WrappedKey wrapped, long at) {
        ConversationKey key = new ConversationKey(
                new Envelope(keyId, "conversation.key", Instant.ofEpochMilli(at), owner.tenant(), null, null),
                owner.conversationId(),
                keyId,
                wrapped.masterKey(),
                Base64.getEncoder().encodeToString(wrapped.bytes()));
        return new OutboundRecord(owner.recordKey(keyId), key.toJson(), List.of());
    }

    static OutboundRecord deletionOf(VaultOwner owner, UUID keyId) {
        return new OutboundRecord(owner.recordKey(keyId), null, List.of());
    }
}
