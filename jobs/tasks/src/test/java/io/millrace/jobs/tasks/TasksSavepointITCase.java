package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.jobs.JobBed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Savepoints of this build, and those that earlier versions left, are restored with all they remember. */
@Timeout(180)
class TasksSavepointITCase {
    private static final Path KEPT = Path.of("src/test/resources/savepoints");

    @TempDir
    Path directory;

    static Stream<Path> kept() throws IOException {
        try (Stream<Path> versions = Files.list(KEPT)) {
            List<Path> found = versions.filter(Files::isDirectory).sorted().toList();
            assertThat(found).isNotEmpty();
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aSavepointOfAnEarlierVersionIsRestored(Path savepoint) throws Exception {
        try (JobBed bed = JobBed.start(TasksJob.JOB, directory, 1, 2);
                TaskTopics topics = TaskTopics.make(bed.broker(), SavepointStory.TOPIC_PREFIX)) {
            SavepointStory story = new SavepointStory(topics);
            story.fillTopics();

            story.resume(bed.cluster(), savepoint.toUri().toString());
        }
    }

    /** With {@code -Dmillrace.savepoint=VERSION} the savepoint is kept as that version's. */
    @Test
    void aSavepointOfThisBuildIsRestored() throws Exception {
        try (JobBed bed = JobBed.start(TasksJob.JOB, directory, 1, 2);
                TaskTopics topics = TaskTopics.make(bed.broker(), SavepointStory.TOPIC_PREFIX)) {
            SavepointStory story = new SavepointStory(topics);
            String savepoint = story.tell(bed.cluster());
            String version = System.getProperty("millrace.savepoint");
            if (version != null) {
                copy(Path.of(URI.create(savepoint)), KEPT.resolve(version));
            }

            story.resume(bed.cluster(), savepoint);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
