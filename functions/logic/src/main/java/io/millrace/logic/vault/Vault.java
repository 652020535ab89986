package io.millrace.logic.vault;

import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.PiiType;
import io.millrace.logic.pii.Tokens;
import io.millrace.logic.vault.ConversationKeys.Written;
import io.millrace.logic.vault.VaultState.Kept;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The vault of one conversation, open while something is decided about it: puts tokens in place of personal data and
 * remembers what they stand for, and puts values back for the tokens that it remembers, and for no others. For one
 * thread.
 */
public final class Vault {
    static final int MOST_VALUES = 1_000;
    static final int MOST_BYTES = 256 << 10;
    /** Of one value, in UTF-8: a private key in PEM has its place. A longer one has a token, but does not come back. */
    static final int MOST_VALUE_BYTES = 8 << 10;

    private final VaultOwner owner;
    private final ConversationKeys keys;
    private final Entropy entropy;
    private final VaultState before;
    /** By token, the least recently used first. */
    private final Map<UUID, Kept> kept = new LinkedHashMap<>();

    private final List<Written> written = new ArrayList<>();
    private UUID keyId;
    private DataKey key;
    private int bytes;
    private boolean used;

    /** @param state null when nothing is remembered */
    public Vault(VaultOwner owner, VaultState state, ConversationKeys keys, Entropy entropy) {
        this.owner = owner;
        this.keys = keys;
        this.entropy = entropy;
        before = state == null ? VaultState.EMPTY : state;
        keyId = before.keyId();
        for (Kept each : before.kept()) {
            kept.put(each.token(), each);
            bytes += each.bytes();
        }
    }

    /** The text with tokens; whatever tokens it had are left. */
    public String conceal(PiiTokenizer tokenizer, String text) {
        return tokenizer.tokenize(text, this::keep);
    }

    private void keep(PiiType kind, String token, String value) {
        UUID id = Tokens.idAt(token, 0);
        byte[] plain = value.getBytes(StandardCharsets.UTF_8);
        if (plain.length > MOST_VALUE_BYTES) {
            return;
        }
        DataKey with = keyToSeal();
        // As it was written last: what it is for is to be read by who wrote it.
        put(new Kept(id, kind, with.id(), AesGcm.seal(with.key(), entropy, about(id, with.id()), plain)));
        Iterator<Kept> eldest = kept.values().iterator();
        while (kept.size() > MOST_VALUES || bytes > MOST_BYTES) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    private void put(Kept value) {
        used = true;
        Kept former = kept.remove(value.token());
        bytes += value.bytes() - (former == null ? 0 : former.bytes());
        kept.put(value.token(), value);
    }

    private DataKey keyToSeal() {
        if (key == null && keyId != null) {
            key = keys.find(owner, keyId);
        }
        if (key == null) {
            Written made = keys.make(owner);
            written.add(made);
            keyId = made.keyId();
            key = keys.find(owner, keyId);
        }
        return key;
    }

    /** A value opens only under the token and in the conversation that it was sealed for. */
    private byte[] about(UUID token, UUID keyId) {
        return (owner.key() + '\n' + keyId + '\n' + token).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The text with the values of the tokens that this conversation has.
     *
     * @param most characters that the text may come to; a value that has no room is as one that is not known
     */
    public Revealed reveal(String text, Wording wording, int most) {
        int at = Tokens.next(text, 0);
        if (at == text.length()) {
            return new Revealed(text, TokenCounts.NONE);
        }
        Revealing revealing = new Revealing(text, wording, most);
        int from = 0;
        while (at < text.length()) {
            revealing.copy(from, at);
            revealing.token(at);
            from = at + Tokens.LENGTH;
            at = Tokens.next(text, from);
        }
        revealing.copy(from, text.length());
        return revealing.done();
    }

    /** The state of one text. */
    private final class Revealing {
        private final String text;
        private final Wording wording;
        private final StringBuilder out;
        /** Keys of values in it; a key that is not there is null. */
        private final Map<UUID, DataKey> found = new LinkedHashMap<>();
        /** By how much values may make the text longer yet. */
        private int room;

        private int restored;
        private int unknown;
        private int gone;
        private int withheld;

        Revealing(String text, Wording wording, int most) {
            this.text = text;
            this.wording = wording;
            this.room = most - text.length();
            out = new StringBuilder(text.length());
        }

        void copy(int from, int to) {
            out.append(text, from, to);
        }

        void token(int at) {
            Kept value = kept.get(Tokens.idAt(text, at));
            if (value == null) {
                unknown++;
                append(wording.unknown());
            } else {
                value(value);
            }
        }

        private void value(Kept value) {
            String plain = open(value);
            if (plain == null) {
                gone++;
                append(wording.gone());
            } else if (plain.length() - Tokens.LENGTH > room) {
                withheld++;
                append(wording.unknown());
            } else {
                restored++;
                append(plain);
                put(value);
            }
        }

        private void append(String instead) {
            out.append(instead);
            room -= instead.length() - Tokens.LENGTH;
        }

        private String open(Kept value) {
            DataKey with = value.keyId().equals(keyId) && key != null
                    ? key
                    : found.computeIfAbsent(value.keyId(), id -> keys.find(owner, id));
            byte[] plain =
                    with == null ? null : AesGcm.open(with.key(), about(value.token(), value.keyId()), value.sealed());
            return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
        }

        Revealed done() {
            return new Revealed(out.toString(), new TokenCounts(restored, unknown, gone, withheld));
        }
    }

    /** Keys that were made or wrapped anew until it was closed; they have to be written before the state is kept. */
    public List<Written> written() {
        return written;
    }

    /** Whether a value was put into it or read. */
    boolean isUsed() {
        return used;
    }

    /**
     * What is to be remembered; the very state it was opened with when nothing was used.
     *
     * @param at log time, milliseconds since the epoch
     */
    public VaultState close(long at) {
        if (used) {
            keys.all(owner).forEach(id -> {
                Written renewed = keys.renew(owner, id);
                if (renewed != null) {
                    written.add(renewed);
                }
            });
        }
        return used ? before.used(new ArrayList<>(kept.values()), keyId, at) : before;
    }
}
