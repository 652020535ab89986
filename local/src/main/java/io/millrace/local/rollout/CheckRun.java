package io.millrace.local.rollout;

import io.millrace.local.terminal.Figures;
import io.millrace.logic.rollout.Readiness.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A check of somebody's own: a command that says by its exit status how it went. */
public final class CheckRun {
    private static final long OUTPUT_MILLIS = 5_000;

    private CheckRun() {}

    /**
     * Runs it by the shell, in the directory that this process is in.
     *
     * @param output takes what it prints
     * @param limit after which it is ended, and what it has started
     */
    public static Answer run(String name, String command, PrintStream output, Duration limit)
            throws InterruptedException {
        long began = System.nanoTime();
        Process process;
        try {
            process = new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return Answer.unknown(name, "it can't be run: " + e.getMessage());
        }
        Thread printer = new Thread(() -> copy(process.getInputStream(), output), "output-of-" + name);
        printer.setDaemon(true);
        printer.start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                end(process);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (!ended) {
            return Answer.noGo(name, "it had not ended after " + Figures.time(limit));
        }
        // What it has left behind may hold its output open.
        printer.join(OUTPUT_MILLIS);
        int status = process.exitValue();
        return status == 0
                ? Answer.go(name, "done in " + Figures.time(took))
                : Answer.noGo(name, "exit status " + status + " after " + Figures.time(took));
    }

    /** First the shell, which would go on with its next command. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static void copy(InputStream from, PrintStream to) {
        try {
            from.transferTo(to);
        } catch (IOException e) {
            // It was ended.
            return;
        }
    }
}
