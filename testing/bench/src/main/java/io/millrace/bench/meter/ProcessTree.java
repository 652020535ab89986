package io.millrace.bench.meter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The CPU time of a process with all its descendants, read from {@code /proc} (Linux only). */
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");

    /** The kernel counts in hundredths of a second for programs, whatever its own tick is: proc(5), sysconf(3). */
    private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

    private static final int PARENT = 1;
    private static final int CPU_FIRST = 11;
    private static final int CPU_LAST = 14;

    private ProcessTree() {}

    /**
     * A line of {@code /proc/PID/stat}.
     *
     * @param ticks CPU time of the process, and of its children that have ended and were waited for
     */
    record Stat(long pid, long parent, long ticks) {

        static Stat parse(String line) {
            // The second field is the name in brackets, in which anything may stand, brackets too.
            int nameEnd = line.lastIndexOf(')');
            String[] rest = line.substring(nameEnd + 2).split(" ");
            long ticks = 0;
            for (int i = CPU_FIRST; i <= CPU_LAST; i++) {
                ticks += Long.parseLong(rest[i]);
            }
            return new Stat(Long.parseLong(line.substring(0, line.indexOf(' '))), Long.parseLong(rest[PARENT]), ticks);
        }
    }

    /** CPU time so far of the process {@code root} and of all that it started, in nanoseconds. */
    public static long cpuNanos(long root) throws IOException {
        return sum(root, stats()) * TICK_NANOS;
    }

    static long sum(long root, Map<Long, Stat> processes) {
        long ticks = 0;
        for (Stat each : processes.values()) {
            if (isWithin(root, each, processes)) {
                ticks += each.ticks();
            }
        }
        return ticks;
    }

    private static boolean isWithin(long root, Stat process, Map<Long, Stat> processes) {
        for (Stat each = process; each != null; each = processes.get(each.parent())) {
            if (each.pid() == root) {
                return true;
            }
        }
        return false;
    }

    private static Map<Long, Stat> stats() throws IOException {
        Map<Long, Stat> stats = new HashMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                try {
                    Stat stat = Stat.parse(Files.readString(directory.resolve("stat")));
                    stats.put(stat.pid(), stat);
                } catch (IOException e) {
                    // It ended since the directory was listed.
                    continue;
                }
            }
        }
        return stats;
    }
}
