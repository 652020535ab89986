package io.millrace.local.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where commands print. Unlike {@link System#out} it remembers why something could not be written. */
final class StandardOutput extends FilterOutputStream {

    /** How the end of who reads a pipe is told, as by {@code | head}; that is none of our failures. */
    private static final String NOBODY_READS = "Broken pipe";

    private IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    /** Makes that of the process {@link System#out}. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(output), true, charset()));
        return output;
    }

    /** As the launcher says, else as the machine has it. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * What is to be said of it, once everything is flushed.
     *
     * @return null when everything was written that anybody reads
     */
    String problem() {
        if (failure == null || String.valueOf(failure.getMessage()).contains(NOBODY_READS)) {
            return null;
        }
        return "standard output cannot be written: " + failure.getMessage();
    }
}
