package io.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Java process that answers lines with lines. It ends when its standard input does, so never outlives this process.
 */
final class ChildJvm implements AutoCloseable {
    private static final long ANSWER_LIMIT_SECONDS = 150;
    private static final long END_LIMIT_SECONDS = 20;

    private final String name;
    private final Process process;
    /** A line each, and at the end of the process nothing. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, name + " answers");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                answers.add(Optional.of(line));
            }
        } catch (IOException e) {
            System.err.println(name + ": " + e);
        }
        answers.add(Optional.empty());
    }

    /**
     * Starts a process with the collector, and the {@code --add-opens}, of this one.
     *
     * @param heap the greatest, as Java's {@code -Xmx} wants it
     */
    static ChildJvm start(String name, String classPath, String heap, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .toList());
        command.addAll(List.of("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + heap));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Sends a line and waits for that answer. */
    void ask(String line, String expected) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw ended(e);
        }
        String answer = answer();
        if (!expected.equals(answer)) {
            throw new IllegalStateException(name + " answered " + answer + " to " + line);
        }
    }

    /** The next line. */
    String answer() {
        try {
            Optional<String> line = answers.poll(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException(name + " did not answer within " + ANSWER_LIMIT_SECONDS + " s");
            }
            return line.orElseThrow(() -> ended(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** User and system time of the whole process since its start, in nanoseconds. */
    long cpuNanos() {
        requireAlive();
        return process.info().totalCpuDuration().orElseThrow(() -> ended(null)).toNanos();
    }

    /** @throws IllegalStateException when it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw ended(null);
        }
    }

    private IllegalStateException ended(Exception cause) {
        return new IllegalStateException("the process " + name + " has ended; what it said is above", cause);
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
