package io.millrace.logic.pii;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        List<Labelled> labelled = Labelled.all();
        String plain = cleanText(labelled);
        for (String language : List.of("en", "fr", "es")) {
            String clean = plainOf(labelled, language);
            print("clean text, " + language, () -> throughput(tokenizer, clean));
        }
        print("clean text", () -> throughput(tokenizer, plain));
        String mixed = labelled.stream()
                .filter(text -> !text.spans().isEmpty())
                .map(Labelled::text)
                .collect(Collectors.joining("\n"));
        print("1 kB with personal data", () -> latency(tokenizer, mixed));
        print("1 kB, nearly all of it plain", () -> latency(tokenizer, plain.substring(0, 950) + "jane@example.com"));
    }

    private static String cleanText(List<Labelled> labelled) {
        return List.of("en", "fr", "es").stream()
                .map(language -> plainOf(labelled, language))
                .collect(Collectors.joining("\n"));
    }

    private static String plainOf(List<Labelled> labelled, String language) {
        return labelled.stream()
                .filter(text -> text.language().equals(language) && text.spans().isEmpty())
                .map(Labelled::text)
                .filter(text -> PiiTokenizer.find(text).isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static void print(String what, Supplier<String> measure) {
        long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
        String measured = measure.get();
        while (System.nanoTime() < end) {
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
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "p50 %.3f ms, p95 %.3f ms, p99 %.3f ms",
                nanos[TEXTS / 2] / 1e6,
                nanos[TEXTS * 95 / 100] / 1e6,
                nanos[TEXTS * 99 / 100] / 1e6);
    }
}
