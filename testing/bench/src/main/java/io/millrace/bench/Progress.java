package io.millrace.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What people see on standard error while it runs: a line for each step, and on a terminal how far the current one is.
 */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out = System.err;
    private final boolean terminal = Boolean.getBoolean("millrace.terminal");

    void say(String format, Object... arguments) {
        out.println((terminal ? CLEAR_LINE : "") + String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /** Replaces what this said last; nothing when not on a terminal. */
    void percent(String what, double share) {
        if (terminal) {
            out.printf(Locale.ROOT, "%s  %s %.0f %%", CLEAR_LINE, what, Math.min(1, share) * 100);
            out.flush();
        }
    }
}
