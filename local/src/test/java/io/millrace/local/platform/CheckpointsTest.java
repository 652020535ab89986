package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    private static final String JOB = TestPlatforms.job("tasks").jobId();

    @TempDir
    private Path data;

    @Test
    void theNewestByTimeComesFirstWhateverItsNumber() throws IOException {
        checkpoint("chk-30", 30, 1_000);
        checkpoint("chk-9", 9, 3_000);
        checkpoint("chk-10", 10, 2_000);

        assertThat(ids()).containsExactly(9L, 10L, 30L);
    }

    @Test
    void ofTwoWrittenAtOnceTheHigherNumberComesFirst() throws IOException {
        checkpoint("chk-9", 9, 1_000);
        checkpoint("chk-10", 10, 1_000);

        assertThat(ids()).containsExactly(10L, 9L);
    }

    @Test
    void aCheckpointWithoutReadableMetadataIsNoCandidate() throws IOException {
        checkpoint("chk-1", 1, 1_000);
        Files.createDirectories(jobDirectory().resolve("chk-2"));
        Files.createFile(
                Files.createDirectories(jobDirectory().resolve("chk-3")).resolve("_metadata"));
        Path cut = checkpoint("chk-4", 4, 2_000).resolve("_metadata");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 6));

        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void aSavepointCountsAndIsNotClaimed() throws IOException {
        checkpoint("chk-1", 1, 1_000);
        write(data.resolve("savepoints/savepoint-" + JOB.substring(0, 6) + "-0a1b"), 2, 2_000);
        write(data.resolve("savepoints/savepoint-ffffff-0a1b"), 3, 3_000);

        assertThat(find()).extracting(Checkpoints.Candidate::savepoint).containsExactly(true, false);
    }

    @Test
    void withoutDirectoriesThereIsNothing() {
        assertThat(find()).isEmpty();
    }

    @Test
    void pruningKeepsTheNewestThreeSavepointsAndWhatWasRestored() throws IOException {
        for (int i = 1; i <= 6; i++) {
            checkpoint("chk-" + i, i, i * 1_000);
        }
        write(data.resolve("savepoints/savepoint-" + JOB.substring(0, 6) + "-0a1b"), 7, 500);
        List<Checkpoints.Candidate> candidates = find();

        Checkpoints.prune(candidates, candidates.get(4));

        assertThat(ids()).containsExactly(6L, 5L, 4L, 2L, 7L);
    }

    @Test
    void oneThatIsSetAsideIsNotFoundAgain() throws IOException {
        checkpoint("chk-1", 1, 1_000);
        checkpoint("chk-2", 2, 2_000);

        Checkpoints.setAside(find().subList(0, 1));

        assertThat(ids()).containsExactly(1L);
        try (var children = Files.list(jobDirectory())) {
            assertThat(children.map(child -> child.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("broken-") && name.endsWith("chk-2"));
        }
    }

    @Test
    void oneThatIsGoneMeanwhileIsInNobodysWay() throws IOException {
        checkpoint("chk-1", 1, 1_000);
        checkpoint("chk-2", 2, 2_000);
        List<Checkpoints.Candidate> found = find();
        FileUtils.deleteDirectory(found.get(0).directory().toFile());

        Checkpoints.setAside(found);

        assertThat(ids()).isEmpty();
    }

    private List<Checkpoints.Candidate> find() {
        return Checkpoints.find(data.resolve("checkpoints"), data.resolve("savepoints"), JOB);
    }

    private List<Long> ids() {
        return find().stream().map(Checkpoints.Candidate::id).toList();
    }

    private Path jobDirectory() {
        return data.resolve("checkpoints").resolve(JOB);
    }

    private Path checkpoint(String name, long id, long writtenMillis) throws IOException {
        return write(jobDirectory().resolve(name), id, writtenMillis);
    }

    private static Path write(Path directory, long id, long writtenMillis) throws IOException {
        Path metadata = Files.createDirectories(directory).resolve("_metadata");
        try (OutputStream out = Files.newOutputStream(metadata)) {
            org.apache.flink.runtime.checkpoint.Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMillis));
        return directory;
    }
}
