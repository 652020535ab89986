package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a FlinkDeployment. Each has to be known: Flink ignores others without a word. */
final class FlinkKeys {
    /** Keys with names in them that users choose, and those of file systems, which are Hadoop's. */
    private static final Pattern OPEN = Pattern.compile("metrics\\.reporter\\.[a-z]+\\.(factory\\.class|port)"
            + "|fs\\.azure\\.account\\.(auth|oauth\\.provider)\\.type\\.[a-z0-9.]+"
            + "|s3\\.(aws\\.credentials\\.provider|endpoint|endpoint\\.region)");

    private static final Set<String> KNOWN = Stream.of("flink-keys.txt", "operator-keys.txt")
            .flatMap(FlinkKeys::lines)
            .collect(Collectors.toUnmodifiableSet());

    private FlinkKeys() {}

    private static Stream<String> lines(String resource) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(FlinkKeys.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Finding> check(Manifest manifest) {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, JsonNode> setting :
                manifest.body().at("/spec/flinkConfiguration").properties()) {
            String key = setting.getKey();
            if (!KNOWN.contains(key) && !OPEN.matcher(key).matches()) {
                findings.add(new Finding(
                        manifest.id(), "spec.flinkConfiguration." + key + ": neither Flink nor its operator knows it"));
            }
            // The operator reads a map of texts; what YAML takes for a number or a boolean may not come back as
            // written.
            if (!setting.getValue().isTextual()) {
                findings.add(
                        new Finding(manifest.id(), "spec.flinkConfiguration." + key + ": must be a text, in quotes"));
            }
        }
        return findings;
    }
}
