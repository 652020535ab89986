package io.millrace.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where checkpoints are written: a file system of its own that can be filled, where we may mount one. */
final class CheckpointDisk implements AutoCloseable {
    private static final int SIZE_MB = 400;
    private static final int BLOCK = 1 << 16;
    private static final long MOUNT_SECONDS = 10;

    private final Path directory;
    private final boolean mounted;

    CheckpointDisk(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mounted = run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MB + "m", "tmpfs", directory.toString()));
        if (mounted) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::unmount, "unmount"));
        }
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    /** Whether it can be filled: mounting takes root. */
    boolean canBeFull() {
        return mounted;
    }

    /** Writes until nothing more fits. */
    void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (room() > 0) {
                out.write(block, 0, (int) Math.min(block.length, room()));
            }
        } catch (IOException e) {
            if (room() > BLOCK) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private long room() {
        try {
            FileStore store = Files.getFileStore(directory);
            return store.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private void unmount() {
        run(List.of("umount", "--lazy", directory.toString()));
    }

    @Override
    public void close() {
        if (mounted) {
            unmount();
        }
    }
}
