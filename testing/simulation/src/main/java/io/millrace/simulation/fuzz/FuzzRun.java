package io.millrace.simulation.fuzz;

import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.fuzz.EventFuzzer;
import io.millrace.testing.fuzz.FuzzInput;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Gives so many inputs to the reader and the decisions, and sees that each is accepted or refused, soon and small. */
public final class FuzzRun {
    /**
     * Processor time of one input. Beyond it, the input is tried again before it counts: something may have been
     * compiled.
     */
    static final long MOST_NANOS = 100_000_000;

    /** Of one record that the job writes; its sinks take no larger ones. */
    static final int MOST_BYTES = 1 << 20;

    /** Beyond so many series the state is emptied, so that the memory needed does not grow with the inputs. */
    private static final int MOST_SERIES = 50_000;

    private static final int PROGRESS = 200_000;
    private static final int USERS = 50;
    private static final int TASKS = 20;
    private static final long START = 1_795_000_000_000L;

    /** So that tasks that were deleted are forgotten, and moments come. */
    private static final long MILLIS_BETWEEN = 2_000;

    private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    private final PrintStream out;
    private final TaskSettings settings = TaskSettings.DEFAULTS;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Corpus corpus = new Corpus();
    private Judge judge = new Judge(settings);
    private long slowest;
    private long slowestInput;
    private int largest;
    private long mostBytes;
    private long failures;

    public FuzzRun(PrintStream out) {
        this.out = out;
    }

    /** True when every input was accepted or refused, within the bounds. */
    public boolean run(long seed, long inputs) {
        out.println("fuzzing with seed " + seed);
        EventFuzzer fuzzer = new EventFuzzer(seed, USERS, TASKS);
        long start = System.nanoTime();
        for (long i = 0; i < inputs; i++) {
            FuzzInput input = fuzzer.next();
            take(i, input);
            if ((i + 1) % PROGRESS == 0 && i + 1 < inputs) {
                out.printf(Locale.ROOT, "%,d inputs so far, %,d failures%n", i + 1, failures);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        outcomes.forEach((outcome, count) -> out.printf(Locale.ROOT, "  %-22s %,d%n", outcome, count));
        out.printf(
                Locale.ROOT,
                "%,d inputs in %.0f s; %d kinds of answers; slowest %.1f ms (input %d); largest record written %,d bytes,"
                        + " most by one input %,d bytes; %,d failures%n",
                inputs,
                seconds,
                corpus.size(),
                slowest / 1e6,
                slowestInput,
                largest,
                mostBytes,
                failures);
        return failures == 0;
    }

    /** Keeps the inputs that {@link Corpus} is about, one a line. */
    public void writeCorpus(Path file) throws IOException {
        corpus.write(file);
    }

    private void take(long number, FuzzInput input) {
        SourceRecord source = new SourceRecord(
                Topics.TASK_EVENTS,
                0,
                number,
                START + number * MILLIS_BETWEEN,
                input.key(),
                input.value(),
                input.headers());
        if (judge.series() > MOST_SERIES) {
            judge = new Judge(settings);
        }
        try {
            long start = thread.getCurrentThreadCpuTime();
            Verdict verdict = judge.judge(source);
            long nanos = thread.getCurrentThreadCpuTime() - start;
            if (nanos > MOST_NANOS) {
                start = thread.getCurrentThreadCpuTime();
                new Judge(settings).judge(source);
                nanos = thread.getCurrentThreadCpuTime() - start;
            }
            check(number, input, source, verdict, nanos);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(number, input, "thrown: " + e + " at " + e.getStackTrace()[0]);
        }
    }

    private void check(long number, FuzzInput input, SourceRecord source, Verdict verdict, long nanos) {
        if (nanos > slowest) {
            slowest = nanos;
            slowestInput = number;
        }
        largest = Math.max(largest, verdict.largest());
        mostBytes = Math.max(mostBytes, verdict.outputBytes());
        outcomes.merge(
                verdict.code() == null
                        ? verdict.outcome().name().toLowerCase(Locale.ROOT)
                        : "refused " + verdict.code().wireName(),
                1L,
                Long::sum);
        corpus.offer(input, verdict);
        if (nanos > MOST_NANOS) {
            fail(number, input, "it takes " + nanos / 1_000_000 + " ms");
        }
        if (verdict.largest() > MOST_BYTES) {
            fail(number, input, "a record of " + verdict.largest() + " bytes");
        }
        if (verdict.code() != null) {
            OutboundRecord letter = DeadLetters.of(source, verdict.code(), verdict.message());
            if (letter.value() != input.value()
                    || letter.key() != input.key()
                    || verdict.message().isBlank()) {
                fail(number, input, "its dead letter is not what was received");
            }
        }
    }

    private void fail(long number, FuzzInput input, String what) {
        failures++;
        if (failures <= 20) {
            out.println("input " + number + ": " + what + "\n  " + Corpus.text(input, "?", null));
        }
    }
}
