package io.millrace.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands in this JVM and keeps what they print. */
public final class CommandRunner {

    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** @return the exit status */
    public int run(String... args) {
        PrintStream before = System.out;
        PrintStream errBefore = System.err;
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return Main.run(args);
        } finally {
            System.setOut(before);
            System.setErr(errBefore);
            errBefore.print(err());
        }
    }

    /** What the last command printed on standard output. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What it printed on standard error. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
