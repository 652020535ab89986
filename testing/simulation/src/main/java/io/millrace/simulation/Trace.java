package io.millrace.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a world: always as a hash, by which two runs are told apart, and as text when asked for. */
final class Trace {
    private static final long PRIME = 0x100000001b3L;

    private final List<String> lines;
    private long hash = 0xcbf29ce484222325L;

    private Trace(List<String> lines) {
        this.lines = lines;
    }

    static Trace hashed() {
        return new Trace(null);
    }

    static Trace written() {
        return new Trace(new ArrayList<>());
    }

    void mix(long value) {
        // FNV-1a over words, with the high half folded in, which multiplication alone never moves down.
        hash = (hash ^ value ^ (hash >>> 32)) * PRIME;
    }

    void note(Supplier<String> line) {
        if (lines != null) {
            lines.add(line.get());
        }
    }

    long hash() {
        return hash;
    }

    /** The last lines that are about {@code subject}, or about the job as a whole; of all when it is null. */
    List<String> tail(String subject, int most) {
        if (lines == null) {
            return List.of();
        }
        List<String> about = lines.stream()
                .filter(line -> subject == null || line.contains(subject) || line.contains(JOB))
                .toList();
        return about.subList(Math.max(0, about.size() - most), about.size());
    }

    /** Marks the lines that are about the job as a whole. */
    static final String JOB = " job ";
}
