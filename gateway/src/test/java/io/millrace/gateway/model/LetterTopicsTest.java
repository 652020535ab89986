package io.millrace.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LetterTopicsTest {

    @Test
    void theyAreThoseThatTheJobsWrite() throws IOException {
        JsonNode catalog = new ObjectMapper()
                .readTree(Path.of("../k8s/chart/files/jobs.json").toFile());
        Set<String> ofJobs = new TreeSet<>();
        catalog.path("jobs").forEach(job -> job.path("outputs").forEach(topic -> ofJobs.add(topic.asText())));
        ofJobs.removeIf(topic -> !topic.endsWith(Topics.DEAD_LETTER_SUFFIX));

        assertThat(LetterTopics.all()).containsExactlyInAnyOrderElementsOf(ofJobs);
    }
}
