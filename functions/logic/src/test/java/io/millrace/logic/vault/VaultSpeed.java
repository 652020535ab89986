package io.millrace.logic.vault;

import io.millrace.logic.pii.Labelled;
import io.millrace.logic.pii.Percentiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Measures what docs/pii.md says of the vault: in processor time of one thread, and bytes of heap. */
public final class VaultSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TEXT_LENGTH = 1_000;
    private static final int TEXTS = 20_000;
    private static final int ROUNDS = 4;
    private static final int KEYS = 1_000_000;

    private VaultSpeed() {}

    public static void main(String[] args) {
        String text = Labelled.all().stream()
                .filter(each -> !each.spans().isEmpty())
                .map(Labelled::text)
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < ROUNDS; i++) {
            System.out.println(latency(text + "\n" + text, text.length()));
        }
        System.out.println(heap());
    }

    /** Conceals, encodes the state as RocksDB has it, decodes it, and reveals. */
    private static String latency(String endless, int length) {
        TestVault vault = TestVault.begin();
        long[] nanos = new long[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            int from = (int) (i * 7_919L % length);
            String part = endless.substring(from, Math.min(endless.length(), from + TEXT_LENGTH));
            // Ten messages to a conversation.
            String conversation = "c-" + i / 10;
            String key = TestVault.owner(conversation).key();
            long start = THREADS.getCurrentThreadCpuTime();
            String concealed = vault.hear(conversation, part);
            vault.states.computeIfPresent(key, (id, state) -> TestVault.copy(state));
            vault.answer(conversation, concealed);
            vault.states.computeIfPresent(key, (id, state) -> TestVault.copy(state));
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        return "1 kB, nearly all of it personal data, concealed and revealed: " + Percentiles.of(nanos);
    }

    private static String heap() {
        MasterKeyRing ring = TestVault.ring(TestVault.FIRST_KEY);
        HeldKeys keys = new HeldKeys(ring, TestVault.ENTROPY);
        long before = used();
        for (int i = 0; i < KEYS; i++) {
            keys.put(TestVault.owner("c-" + i), new UUID(i, i), ring.wrap(new byte[32]));
        }
        return String.format(Locale.ROOT, "%d keys: %.0f bytes each", keys.size(), (used() - before) / (double) KEYS);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
