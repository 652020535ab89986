package io.millrace.local.terminal;

import java.io.PrintStream;

/**
 * Standard output for people. The launcher says whether it is a terminal and how wide: Java cannot tell reliably.
 * Thread-safe.
 */
public final class Terminal {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean interactive;
    private final boolean colour;
    private final int columns;
    private boolean liveLineShown;

    public Terminal(PrintStream out, boolean interactive, boolean colour, int columns) {
        this.out = out;
        this.interactive = interactive;
        this.colour = colour;
        this.columns = columns;
    }

    /** By the system properties {@code millrace.terminal} and {@code millrace.columns}, and NO_COLOR (no-color.org). */
    public static Terminal ofProcess(PrintStream out) {
        boolean interactive = Boolean.getBoolean("millrace.terminal");
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(
                out,
                interactive,
                interactive && (noColour == null || noColour.isEmpty()),
                Integer.getInteger("millrace.columns", 100));
    }

    public boolean isInteractive() {
        return interactive;
    }

    public synchronized void println(String line) {
        clearLive();
        out.println(line);
        out.flush();
    }

    /** Shows a line that the next one replaces; not on a terminal, an ordinary line. */
    public synchronized void live(String line) {
        if (!interactive) {
            println(line);
            return;
        }
        String shown = line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
        out.print(CLEAR_LINE + shown);
        out.flush();
        liveLineShown = true;
    }

    /** Takes a live line away. */
    public synchronized void clear() {
        clearLive();
        out.flush();
    }

    private void clearLive() {
        if (liveLineShown) {
            out.print(CLEAR_LINE);
            liveLineShown = false;
        }
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
