package io.millrace.simulation.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.fuzz.FuzzInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The inputs worth keeping: of each reason to refuse one, and each way to accept one, the smallest that was met. */
final class Corpus {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Larger ones are counted, not kept. */
    private static final int MOST_BYTES = 4_096;

    private static final long LOG_TIME = 1_795_000_000_000L;

    private final Map<String, Kept> byShape = new TreeMap<>();

    /** @param code as it is on the wire; null for an accepted one */
    record Kept(FuzzInput input, String shape, String code) {}

    int size() {
        return byShape.size();
    }

    void offer(FuzzInput input, Verdict verdict) {
        Kept before = byShape.get(verdict.shape());
        if (before == null || size(input) < size(before.input())) {
            byShape.put(verdict.shape(), new Kept(input, verdict.shape(), codeOf(verdict)));
        }
    }

    static String codeOf(Verdict verdict) {
        return verdict.code() == null ? null : verdict.code().wireName();
    }

    /** What becomes of it when nothing was before. */
    static Verdict judge(FuzzInput input) throws IOException {
        return new Judge(TaskSettings.DEFAULTS)
                .judge(new SourceRecord(
                        Topics.TASK_EVENTS, 0, 0, LOG_TIME, input.key(), input.value(), input.headers()));
    }

    private static int size(FuzzInput input) {
        int bytes = input.value() == null ? 0 : input.value().length;
        for (RecordHeader header : input.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** One input a line, as JSON. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Kept kept : byShape.values()) {
            if (size(kept.input()) <= MOST_BYTES) {
                // As the first event of all, so that it can be tried alone.
                Verdict alone = judge(kept.input());
                lines.add(text(kept.input(), alone.shape(), codeOf(alone)));
            }
        }
        Files.write(file, lines);
    }

    static String text(FuzzInput input, String shape, String code) {
        ObjectNode line = JSON.createObjectNode();
        line.put("code", code);
        line.put("shape", shape);
        line.put("key", encoded(input.key()));
        ArrayNode headers = line.putArray("headers");
        for (RecordHeader header : input.headers()) {
            headers.addArray().add(header.key()).add(encoded(header.value()));
        }
        line.put("value", encoded(input.value()));
        return line.toString();
    }

    static Kept parse(String line) throws JsonProcessingException {
        JsonNode json = JSON.readTree(line);
        List<RecordHeader> headers = new ArrayList<>();
        for (JsonNode header : json.get("headers")) {
            headers.add(new RecordHeader(header.get(0).asText(), decoded(header.get(1))));
        }
        FuzzInput input = new FuzzInput(decoded(json.get("key")), decoded(json.get("value")), headers);
        return new Kept(
                input,
                json.get("shape").asText(),
                json.get("code").isNull() ? null : json.get("code").asText());
    }

    private static String encoded(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(JsonNode text) {
        return text.isNull() ? null : Base64.getDecoder().decode(text.asText().getBytes(StandardCharsets.UTF_8));
    }
}
