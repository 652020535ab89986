package io.millrace.logic.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Measures what docs/pii.md says of speed, in processor time of one thread, so that what else runs counts little. */
public final class PiiSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_SECONDS = 5;
    private static final int TEXT_LENGTH = 1_000;
    private static final int TEXTS = 20_000;

    private PiiSpeed() {}

    public static void main(String[] args) {
        PiiTokenizer tokenizer = new PiiTokenizer(TokenKey.of(new byte[TokenKey.MIN_MASTER_BYTES], "acme"));
        String plain = plain();
        List<Labelled> labelled = Labelled.all();
        print("plain text", () -> throughput(tokenizer, plain));
        print("numbers, dates and names of no one", () -> throughput(tokenizer, texts(labelled, false)));
        print("1 kB of plain text", () -> latency(tokenizer, plain));
        print("1 kB, some of it personal data", () -> latency(tokenizer, mixed(plain, labelled)));
        print("1 kB, nearly all of it personal data", () -> latency(tokenizer, texts(labelled, true)));
    }

    private static String plain() {
        try (InputStream in = PiiSpeed.class.getResourceAsStream("/pii/plain.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of plain text, and two with personal data. */
    private static String mixed(String plain, List<Labelled> labelled) {
        String[] lines = plain.split("\n");
        StringBuilder mixed = new StringBuilder();
        List<String> others = texts(labelled, true).replace("\n\n", " ").lines().toList();
        for (int i = 0; i + 1 < others.size(); i += 2) {
            mixed.append(lines[i / 2 % lines.length]).append('\n');
            mixed.append(others.get(i)).append('\n').append(others.get(i + 1)).append('\n');
        }
        return mixed.toString();
    }

    private static String texts(List<Labelled> labelled, boolean withPersonalData) {
        return labelled.stream()
                .filter(text -> text.spans().isEmpty() != withPersonalData)
                .map(Labelled::text)
                .collect(Collectors.joining("\n"));
    }

    private static void print(String what, Supplier<String> measure) {
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_SECONDS * 1_000_000_000L;
        String measured = measure.get();
        while (THREADS.getCurrentThreadCpuTime() < end) {
            measured = measure.get();
        }
        System.out.println(what + ": " + measured);
    }

    private static String throughput(PiiTokenizer tokenizer, String text) {
        String large = text.repeat(8_000_000 / text.length());
        long bytes = large.getBytes(StandardCharsets.UTF_8).length;
        long start = THREADS.getCurrentThreadCpuTime();
        tokenizer.tokenize(large);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        return String.format(Locale.ROOT, "%.0f MB/s", bytes / 1e6 / seconds);
    }

    private static String latency(PiiTokenizer tokenizer, String text) {
        String endless = text + "\n" + text;
        long[] nanos = new long[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            int from = (int) (i * 7_919L % text.length());
            String part = endless.substring(from, Math.min(endless.length(), from + TEXT_LENGTH));
            long start = THREADS.getCurrentThreadCpuTime();
            tokenizer.tokenize(part);
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        return Percentiles.of(nanos);
    }
}
