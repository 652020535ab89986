package io.millrace.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Where checkpoints are written: a file system of its own in a file, which can be filled and held up, where we may
 * mount one. Thread-safe.
 */
final class CheckpointDisk implements AutoCloseable {
    private static final long SIZE_MB = 400L;
    private static final int BLOCK = 1 << 16;
    private static final long COMMAND_SECONDS = 20;

    private final Path directory;
    private final Path image;
    private final boolean mounted;

    CheckpointDisk(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        image = directory.resolveSibling(directory.getFileName() + ".img");
        mounted = makeFileSystem() && run("mount", "-o", "loop", image.toString(), directory.toString());
        if (mounted) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::unmount, "unmount"));
        }
    }

    private boolean makeFileSystem() {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_MB << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run("mkfs.ext4", "-q", "-m", "0", image.toString());
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
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

    /** Whether it can be filled and held up: mounting takes root. */
    boolean isOwn() {
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

    /** Nothing can be written from now on; who tries waits. */
    synchronized void freeze() {
        run("fsfreeze", "--freeze", directory.toString());
    }

    /** Lets those that wait go on; nothing when nothing is held up. */
    synchronized void thaw() {
        run("fsfreeze", "--unfreeze", directory.toString());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private void unmount() {
        thaw();
        run("umount", "--lazy", directory.toString());
    }

    @Override
    public void close() {
        if (mounted) {
            unmount();
        }
    }
}
