package io.millrace.logic.vault;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.vault.VaultCommand.Answer;
import io.millrace.logic.vault.VaultCommand.DeleteKey;
import io.millrace.logic.vault.VaultCommand.SendOn;
import io.millrace.logic.vault.VaultCommand.WriteKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One attempt of a job at vaults: it has states and keys of its own, and a topic of keys that it shares with others. Its
 * events and replies are texts, {@code conversation|text}; {@code conversation|ERASE} erases.
 */
final class TestVault {
    static final long NOW = 1_800_000_000_000L;
    static final VaultSettings SETTINGS = new VaultSettings(Duration.ofDays(400), Duration.ofMinutes(15));
    static final byte[] TOKEN_KEY = new byte[32];
    static final String FIRST_KEY = "00".repeat(32);
    static final String SECOND_KEY = "11".repeat(32);

    private static final Random RANDOM = new Random(7);
    static final Entropy ENTROPY = count -> {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    };

    /** As the topic has them: by record key. */
    final Map<String, WrappedKey> topic;

    final Map<String, VaultState> states = new HashMap<>();
    final HeldKeys keys;
    private final VaultDecider<String, String> decider;

    private TestVault(Map<String, WrappedKey> topic, Map<String, VaultState> states, String masterKeys) {
        this.topic = topic;
        this.states.putAll(states);
        keys = new HeldKeys(ring(masterKeys), ENTROPY);
        topic.forEach((key, wrapped) -> {
            VaultOwner.OwnedKey owned = VaultOwner.ofRecord(key.getBytes(StandardCharsets.UTF_8));
            keys.put(owned.owner(), owned.keyId(), wrapped);
        });
        decider = new VaultDecider<>(new Texts(), SETTINGS, keys, ENTROPY, TOKEN_KEY, 8_000);
    }

    static TestVault begin() {
        return new TestVault(new HashMap<>(), Map.of(), FIRST_KEY);
    }

    /** Another attempt, which begins with the states of a checkpoint and what the topic holds now. */
    TestVault restart(Map<String, VaultState> checkpoint) {
        return restart(checkpoint, FIRST_KEY);
    }

    TestVault restart(Map<String, VaultState> checkpoint, String masterKeys) {
        return new TestVault(topic, checkpoint, masterKeys);
    }

    /** States as they are written and read. */
    Map<String, VaultState> checkpoint() {
        Map<String, VaultState> copies = new HashMap<>();
        states.forEach((key, state) -> copies.put(key, copy(state)));
        return copies;
    }

    static VaultState copy(VaultState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new VaultStateCodec().write(state, new DataOutputStream(bytes));
            return new VaultStateCodec().read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static VaultOwner owner(String conversation) {
        return new VaultOwner("acme", conversation);
    }

    /** What goes to the inbox. */
    String hear(String conversation, String text, long at) {
        return (String) decide(conversation, VaultInput.event(conversation + '|' + text), at)
                .get(0);
    }

    String hear(String conversation, String text) {
        return hear(conversation, text, NOW);
    }

    /** What goes to the customer. */
    String answer(String conversation, String text) {
        return (String) decide(conversation, VaultInput.reply(conversation + '|' + text), NOW)
                .get(0);
    }

    TokenCounts count(String conversation, String text) {
        return (TokenCounts) decide(conversation, VaultInput.reply(conversation + '|' + text), NOW)
                .get(1);
    }

    void erase(String conversation, long at) {
        hear(conversation, "ERASE", at);
    }

    private List<Object> decide(String conversation, VaultInput<String, String> input, long at) {
        String key = owner(conversation).key();
        return carryOut(key, decider.decide(key, states.get(key), input, at));
    }

    long nextWake(String conversation) {
        VaultState state = states.get(owner(conversation).key());
        return state == null ? Long.MAX_VALUE : decider.nextWake(state);
    }

    void wake(String conversation) {
        String key = owner(conversation).key();
        carryOut(key, decider.wake(key, states.get(key), nextWake(conversation)));
    }

    private List<Object> carryOut(String key, Decision<VaultState, ?, VaultCommand<String, String>> decision) {
        states.remove(key);
        if (decision.state() != null) {
            states.put(key, decision.state());
        }
        List<Object> sent = new ArrayList<>();
        for (VaultCommand<String, String> command : decision.commands()) {
            if (command instanceof WriteKey<String, String> write) {
                topic.put(recordKey(write.owner(), write.keyId()), write.wrapped());
            } else if (command instanceof DeleteKey<String, String> delete) {
                topic.remove(recordKey(delete.owner(), delete.keyId()));
            } else if (command instanceof SendOn<String, String> on) {
                sent.add(textOf(on.event()));
            } else if (command instanceof Answer<String, String> answer) {
                sent.add(textOf(answer.reply()));
                sent.add(answer.tokens());
            }
        }
        return sent;
    }

    private static String recordKey(VaultOwner owner, UUID id) {
        return new String(owner.recordKey(id), StandardCharsets.UTF_8);
    }

    private static String textOf(String event) {
        return event.substring(event.indexOf('|') + 1);
    }

    static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static final class Texts implements VaultTexts<String, String> {
        @Override
        public VaultOwner ownerOf(String event) {
            return owner(event.substring(0, event.indexOf('|')));
        }

        @Override
        public boolean erases(String event) {
            return event.endsWith("|ERASE");
        }

        @Override
        public String conceal(String event, UnaryOperator<String> concealer) {
            return event.substring(0, event.indexOf('|') + 1) + concealer.apply(textOf(event));
        }

        @Override
        public VaultOwner ownerOfReply(String reply) {
            return ownerOf(reply);
        }

        @Override
        public String languageOf(String reply) {
            return reply.contains("[fr]") ? "fr-CA" : "en";
        }

        @Override
        public String reveal(String reply, UnaryOperator<String> revealer) {
            return reply.substring(0, reply.indexOf('|') + 1) + revealer.apply(textOf(reply));
        }
    }

    /** Of a file without keys of a service. */
    static MasterKeyRing ring(String file) {
        try {
            return MasterKeyRing.parse(file.getBytes(StandardCharsets.UTF_8), ENTROPY, (keyId, wrapped) -> {
                throw new IOException("there is no service");
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
