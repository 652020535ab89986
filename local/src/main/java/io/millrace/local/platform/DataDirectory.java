package io.millrace.local.platform;

import io.millrace.local.door.OwnerOnly;
import io.millrace.local.door.RestToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * The directory that holds all data of one platform, locked while it is used: two brokers or two runs of a job on the
 * same files would destroy them. The operating system drops the lock when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes it when it is not there, and keeps everybody else out of it: records and keys are in it. */
    private static void makeOwn(Path root) throws IOException {
        OwnerOnly.claim(root, LOCK);
    }

    /** Makes the directory for logs, which is written before the data directory can be locked. */
    static Path logs(Path root) {
        try {
            makeOwn(root);
            return Files.createDirectories(root.resolve("logs"));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static PlatformException unusable(Path root, IOException e) {
        return new PlatformException(
                "the data directory " + root + " cannot be used (" + e + "); choose another with --data-dir", e);
    }

    /** @throws PlatformException when another process uses it, or it cannot be written */
    static DataDirectory lock(Path root) {
        try {
            makeOwn(root);
            FileChannel channel = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(root.resolve(LOCK)).strip();
                channel.close();
                throw new PlatformException("the data directory " + root + " is in use by process " + owner
                        + "; stop it, or choose another with --data-dir");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new DataDirectory(root, channel, lock);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** When the first platform started on it. */
    Instant made() {
        try {
            return Files.getLastModifiedTime(kafka().resolve("meta.properties")).toInstant();
        } catch (IOException e) {
            throw new PlatformException("cannot read the data directory " + root + " (" + e + ")", e);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    /** The file with what commands show at the door of the REST API, written anew. */
    Path newRestToken() {
        try {
            return RestToken.renew(root);
        } catch (IOException e) {
            throw new PlatformException("cannot write the token of the data directory " + root + " (" + e + ")", e);
        }
    }

    /** Where the launcher's logging configuration writes. */
    Path log() {
        return root.resolve("logs").resolve("millrace.log");
    }

    /** A directory of Flink's own, empty at every start: uploaded jars, local RocksDB instances, shuffle files. */
    Path emptyTemporary() {
        Path temporary = root.resolve("tmp");
        try {
            if (Files.exists(temporary)) {
                org.apache.flink.util.FileUtils.deleteDirectory(temporary.toFile());
            }
            return Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new PlatformException("cannot clear " + temporary + " (" + e + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new PlatformException("cannot release the lock of " + root, e);
        }
    }
}
