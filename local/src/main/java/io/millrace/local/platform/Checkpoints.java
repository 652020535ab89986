package io.millrace.local.platform;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a job can be resumed from: its complete checkpoints and the savepoints it was stopped with. A checkpoint
 * is complete when its {@code _metadata} can be read: Flink writes that file last, so one that was cut short by a crash
 * has none, or one that ends early.
 */
public final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String METADATA = "_metadata";
    private static final int KEPT = 3;

    /**
     * A complete checkpoint or savepoint.
     *
     * @param directory what Flink is told to restore from
     * @param id number of the checkpoint, rising within one line of runs
     * @param savepoint whether it is a savepoint: then it belongs to whoever took it
     */
    public record Candidate(Path directory, long id, FileTime written, boolean savepoint) {}

    private Checkpoints() {}

    /**
     * What the job can be resumed from, newest first. Newest by time, because restoring an older savepoint starts a
     * line of lower numbers; by number where the file system's clock is too coarse.
     *
     * @param checkpoints the directory in which each job has one named by its id; may be absent
     * @param savepoints the directory in which each savepoint has one; may be absent
     * @param jobId 32 hexadecimal digits
     */
    public static List<Candidate> find(Path checkpoints, Path savepoints, String jobId) {
        List<Candidate> found = new ArrayList<>();
        collect(checkpoints.resolve(jobId), "chk-*", false, found);
        // Flink names a savepoint's directory by the first six digits of the job's id.
        collect(savepoints, "savepoint-" + jobId.substring(0, 6) + "-*", true, found);
        found.sort(Comparator.comparing(Candidate::written)
                .thenComparing(Candidate::id)
                .reversed());
        return found;
    }

    /**
     * Deletes checkpoints that earlier runs left behind: Flink only looks after the one it was restored from and those
     * it takes itself. The newest ones stay, as a last resort.
     *
     * @param candidates newest first
     * @param restored what the job was restored from; null for none
     */
    static void prune(List<Candidate> candidates, Candidate restored) {
        candidates.stream()
                .filter(candidate -> !candidate.savepoint())
                .skip(KEPT)
                .filter(candidate -> !candidate.equals(restored))
                .forEach(candidate -> {
                    try {
                        FileUtils.deleteDirectory(candidate.directory().toFile());
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot delete " + candidate.directory(), e);
                    }
                });
    }

    /**
     * Renames checkpoints that cannot be restored, so that they are neither in the way of new ones of the same number
     * nor tried again, and can still be looked at.
     */
    static void setAside(List<Candidate> broken) {
        for (Candidate candidate : broken) {
            Path directory = candidate.directory();
            try {
                Files.move(
                        directory,
                        directory.resolveSibling("broken-" + System.nanoTime() + "-" + directory.getFileName()));
            } catch (NoSuchFileException e) {
                // The job ran from it for a moment after all, and took a newer one.
                LOG.info("{} is gone already", directory);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot rename " + directory, e);
            }
        }
    }

    private static void collect(Path parent, String glob, boolean savepoint, List<Candidate> found) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, glob)) {
            for (Path child : children) {
                Path metadata = child.resolve(METADATA);
                Long id = idOf(metadata);
                if (id != null) {
                    found.add(new Candidate(child, id, Files.getLastModifiedTime(metadata), savepoint));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }

    /** The number in that file, or null when it is not the metadata of a complete checkpoint. */
    private static Long idOf(Path metadata) {
        if (!Files.isRegularFile(metadata)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            CheckpointMetadata read = org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata(
                    in, Checkpoints.class.getClassLoader(), metadata.getParent().toString());
            return read.getCheckpointId();
        } catch (IOException | RuntimeException e) {
            // A file that was cut short can fail anywhere in Flink's reader; all of it means the same.
            return null;
        }
    }
}
