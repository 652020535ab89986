package io.millrace.contestants;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that is one contestant, run after run, so that later runs find the code compiled. It reads a line for each
 * thing to do from standard input, {@code start INPUT OUTPUT DIRECTORY} and {@code stop}, and answers {@code started}
 * and {@code stopped}. It ends with its input, and so with the process that started it.
 */
public final class ContestantProcess {
    public static final String START = "start";
    public static final String STARTED = "started";
    public static final String STOP = "stop";
    public static final String STOPPED = "stopped";

    private static final int FAILED = 1;

    private ContestantProcess() {}

    /** Serves standard input, and exits. A failure of the contestant's ends the process with status 1. */
    public static void run(Contestant contestant, String bootstrapServers, int slots) {
        PrintStream answers = System.out;
        // Whatever else prints must not be taken for an answer.
        System.setOut(System.err);
        try {
            serve(contestant, bootstrapServers, slots, System.in, answers);
            System.exit(0);
        } catch (Exception e) {
            fail(e);
        }
    }

    private static void fail(Throwable failure) {
        failure.printStackTrace();
        // Not System.exit: its hooks would wait for the threads that failed.
        Runtime.getRuntime().halt(FAILED);
    }

    static void serve(
            Contestant contestant, String bootstrapServers, int slots, InputStream commands, PrintStream answers)
            throws Exception {
        AutoCloseable running = null;
        BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
        String line;
        while ((line = lines.readLine()) != null) {
            String[] words = line.split(" ", 4);
            if (words[0].equals(START) && words.length == 4 && running == null) {
                Assignment assignment = new Assignment(bootstrapServers, words[1], words[2], Path.of(words[3]), slots);
                running = contestant.start(assignment, ContestantProcess::fail);
                answers.println(STARTED);
            } else if (line.equals(STOP) && running != null) {
                running.close();
                running = null;
                answers.println(STOPPED);
            } else {
                throw new IOException("not expected now: " + line);
            }
            answers.flush();
        }
    }
}
