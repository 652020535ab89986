package io.millrace.local.platform;

import io.millrace.local.terminal.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether there is room on the disk and in memory: found out before anything starts, so that the error can say what is
 * missing, and when something has failed, because that is what it may have failed of.
 */
public final class Room {

    /** The jars of the jobs, several times over, and some hours of sample traffic, in bytes. */
    static final long DISK = 512L << 20;
    /** What a platform with little to do takes of memory, in bytes. */
    static final long MEMORY = 768L << 20;
    /** Less than one segment or checkpoint may take, in bytes. */
    private static final long FULL = 16L << 20;

    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Room() {}

    /**
     * @param directory which exists
     * @param bytes that must be free
     * @throws PlatformException when fewer are free
     */
    static void requireOnDisk(Path directory, long bytes) {
        OptionalLong free = onDisk(directory);
        if (free.isPresent() && free.getAsLong() < bytes) {
            throw new PlatformException("the disk of " + directory + " has " + Figures.bytes(free.getAsLong())
                    + " left, and the platform needs " + Figures.bytes(bytes)
                    + "; make room, or choose another disk with --data-dir DIR");
        }
    }

    /**
     * @param bytes that must be available
     * @throws PlatformException when fewer are available; where the system does not tell, none
     */
    static void requireInMemory(long bytes) {
        OptionalLong free = inMemory();
        if (free.isPresent() && free.getAsLong() < bytes) {
            throw new PlatformException("this machine has " + Figures.bytes(free.getAsLong())
                    + " of memory available, and the platform needs " + Figures.bytes(bytes)
                    + "; end other programs, or give the machine or container more");
        }
    }

    /** Says that the disk is full and what to do about it, when it is. */
    public static Optional<String> whenFull(Path directory) {
        OptionalLong free = onDisk(directory);
        return free.isPresent() && free.getAsLong() < FULL
                ? Optional.of("the disk of " + directory + " is full, " + Figures.bytes(free.getAsLong())
                        + " left; make room and start again, it carries on from there")
                : Optional.empty();
    }

    private static OptionalLong onDisk(Path directory) {
        try {
            return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong inMemory() {
        try (var lines = Files.lines(MEMORY_INFO)) {
            return lines.filter(line -> line.startsWith(AVAILABLE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
