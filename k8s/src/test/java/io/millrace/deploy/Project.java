package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The project that the chart is part of, as tests see it. */
final class Project {
    static final Path HOME =
            Path.of(System.getProperty("millrace.home", "..")).toAbsolutePath().normalize();
    static final Chart CHART = Chart.in(HOME);
    static final ObjectMapper JSON = new ObjectMapper();

    /** What the pipeline gives, and no values file has. */
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private Project() {}

    /** The descriptors of all jobs, sorted by name: what the local platform starts. */
    static List<JsonNode> jobs() {
        try (Stream<Path> modules = Files.list(HOME.resolve("jobs"))) {
            return modules.map(module -> module.resolve("src/main/resources/META-INF/millrace/job.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(Project::json)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> render(String... files) {
        return CHART.render(List.of(files), COMMIT, Map.of());
    }

    static Manifest find(List<Manifest> manifests, String id) {
        return manifests.stream()
                .filter(manifest -> manifest.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " among "
                        + manifests.stream().map(Manifest::id).toList()));
    }
}
