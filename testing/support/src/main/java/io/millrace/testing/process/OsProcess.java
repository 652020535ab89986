package io.millrace.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of ours, its output in a file. It does not outlive this JVM, unless that is killed. */
public final class OsProcess {
    private static final int TAIL_LINES = 40;
    private static final long END_LIMIT_SECONDS = 10;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread atExit;

    private OsProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "end " + name);
    }

    /**
     * Starts a Java process.
     *
     * @param jvm flags of Java; for the rest see {@link #program}
     */
    public static OsProcess java(
            String name, Path logDirectory, List<String> jvm, String classpath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-cp");
        command.add(classpath);
        command.add(main);
        command.addAll(arguments);
        return program(name, logDirectory, command);
    }

    /**
     * Starts a process.
     *
     * @param name of its log file, without {@code .log}; a file that is there is appended to
     * @param command the program and its arguments
     * @throws UncheckedIOException when there is no such directory or program
     */
    public static OsProcess program(String name, Path logDirectory, List<String> command) {
        Path log = logDirectory.resolve(name + ".log");
        try {
            Files.createDirectories(logDirectory);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            OsProcess started = new OsProcess(name, log, process);
            Runtime.getRuntime().addShutdownHook(started.atExit);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: it stands still, its connections stay open. Nothing happens to one that has ended. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: goes on after {@link #pause}. Nothing happens to one that has ended. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; SIGKILL when that takes too long. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook runs anyway.
        }
    }

    /** The state of the process and the end of its log, for messages. */
    public String describe() {
        String state = process.isAlive() ? "runs" : "ended with status " + process.exitValue();
        return name + " " + state + "; the end of " + log + ":\n" + tail();
    }

    private String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }
}
