package io.millrace.operators.conversation;

import io.millrace.logic.vault.Entropy;
import io.millrace.logic.vault.HeldKeys;
import io.millrace.logic.vault.VaultOwner;
import io.millrace.logic.vault.VaultOwner.OwnedKey;
import io.millrace.logic.vault.WrappedKey;
import io.millrace.schema.conversation.ConversationKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the keys of the conversations that a subtask has. */
final class ReadKeys implements KeyLog.Take {
    private static final Logger LOG = LoggerFactory.getLogger(ReadKeys.class);

    private final HeldKeys keys;
    private final Predicate<VaultOwner> isOurs;
    private final Counter unreadable;

    private ReadKeys(HeldKeys keys, Predicate<VaultOwner> isOurs, Counter unreadable) {
        this.keys = keys;
        this.isOurs = isOurs;
        this.unreadable = unreadable;
    }

    /**
     * Reads them to the end of the log.
     *
     * @param isOurs whether the subtask has the conversation
     * @throws IOException when they can't be read, or a master key is missing
     */
    static HeldKeys read(VaultKeys parts, Entropy entropy, Predicate<VaultOwner> isOurs, Counter unreadable)
            throws IOException {
        HeldKeys keys = new HeldKeys(parts.master().open(entropy), entropy);
        parts.log().read(new ReadKeys(keys, isOurs, unreadable));
        requireMasterKeys(keys, parts);
        LOG.info(
                "{} keys of conversations, {} of them under earlier master keys",
                keys.size(),
                keys.underEarlierMasterKeys());
        return keys;
    }

    /** Going on would destroy nothing, but customers would read of removed data that is there. */
    private static void requireMasterKeys(HeldKeys keys, VaultKeys parts) throws IOException {
        Map<String, Integer> missing = keys.underMissingMasterKeys();
        if (missing.isEmpty()) {
            return;
        }
        String listed = missing.entrySet().stream()
                .map(each -> each.getKey() + " (of " + each.getValue() + " keys)")
                .collect(Collectors.joining(", "));
        if (!parts.acceptLost()) {
            throw new IOException(parts.master().setting() + ": of " + keys.size()
                    + " keys of conversations some are wrapped by master keys that are not there: " + listed
                    + ". Put them back behind the first one; or set " + VaultKeys.ACCEPT_LOST_KEYS
                    + " to go on without what is sealed with those keys");
        }
        LOG.warn("Keys of conversations are wrapped by master keys that are not there: {}", listed);
    }

    @Override
    public void take(byte[] key, byte[] value) {
        OwnedKey owned = key == null ? null : VaultOwner.ofRecord(key);
        if (owned == null) {
            unreadable.inc();
        } else if (isOurs.test(owned.owner())) {
            if (value == null) {
                keys.forget(owned.owner(), owned.keyId());
            } else {
                put(owned, key, value);
            }
        }
    }

    private void put(OwnedKey owned, byte[] key, byte[] value) {
        try {
            ConversationKey event =
                    ConversationKey.read(new SourceRecord(Topics.CONVERSATION_KEYS, 0, 0, 0, key, value, List.of()));
            byte[] wrapped = Base64.getDecoder().decode(event.wrapped());
            boolean isItsOwn = event.keyId().equals(owned.keyId())
                    && event.conversationId().equals(owned.owner().conversationId())
                    && event.envelope().tenant().equals(owned.owner().tenant());
            if (isItsOwn && wrapped.length <= WrappedKey.MOST_BYTES) {
                keys.put(owned.owner(), owned.keyId(), new WrappedKey(event.masterKey(), wrapped));
                return;
            }
        } catch (RejectedEventException | IllegalArgumentException e) {
            LOG.debug("no key", e);
        }
        unreadable.inc();
    }
}
