package io.millrace.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A question that is asked some time after a release.
 *
 * @param due how long after it
 * @param promql whose values have to satisfy {@code pass}, each of them
 * @param emptyPasses whether it is well that there is no value
 */
record Checkpoint(String id, Duration due, String question, String promql, PassCondition pass, boolean emptyPasses) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Those of a file, the first ones first.
     *
     * @throws IOException naming the file, the checkpoint and the field that is wrong
     */
    static List<Checkpoint> read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException(file + ":" + e.getLocation().getLineNr() + ": is not JSON", e);
        }
        List<Checkpoint> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode each : root) {
            String where = file + ": checkpoint " + (all.size() + 1);
            Checkpoint checkpoint = of(each, where);
            if (!ids.add(checkpoint.id())) {
                throw new IOException(where + ": there is another one with the id " + checkpoint.id());
            }
            all.add(checkpoint);
        }
        if (all.isEmpty()) {
            throw new IOException(file + ": has no checkpoints; it must be an array of them");
        }
        all.sort(Comparator.comparing(Checkpoint::due));
        return all;
    }

    private static Checkpoint of(JsonNode node, String where) throws IOException {
        JsonNode hour = node.path("due_hour");
        if (!hour.isNumber() || hour.asDouble() < 0) {
            throw new IOException(where + ": due_hour: must be a number of hours");
        }
        try {
            return new Checkpoint(
                    text(node, "id", where),
                    Duration.ofSeconds(Math.round(hour.asDouble() * 3600)),
                    text(node, "question", where),
                    text(node, "promql", where),
                    PassCondition.of(text(node, "pass", where)),
                    node.path("empty_passes").asBoolean());
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": pass: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String field, String where) throws IOException {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IOException(where + ": " + field + ": must be a text");
        }
        return value.asText();
    }
}
