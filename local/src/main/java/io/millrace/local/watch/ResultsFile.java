package io.millrace.local.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out so far, a JSON line each: the first says of which release. So a watch that was ended is gone on with. */
final class ResultsFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RELEASED_AT = "released_at";

    private final Path file;
    private final Instant releasedAt;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    private ResultsFile(Path file, Instant releasedAt) {
        this.file = file;
        this.releasedAt = releasedAt;
    }

    /**
     * Opens it, or makes it.
     *
     * @param releasedAt of one that is made
     * @throws IOException naming the file, and the line that can't be read
     */
    static ResultsFile open(Path file, Instant releasedAt) throws IOException {
        if (!Files.exists(file)) {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            ResultsFile made = new ResultsFile(file, releasedAt);
            made.append(JSON.createObjectNode().put(RELEASED_AT, releasedAt.toString()));
            return made;
        }
        List<String> lines = Files.readAllLines(file);
        int line = 1;
        try {
            ResultsFile known = new ResultsFile(
                    file,
                    Instant.parse(JSON.readTree(lines.get(0)).path(RELEASED_AT).asText()));
            for (line = 2; line <= lines.size(); line++) {
                Finding finding = Finding.of(JSON.readTree(lines.get(line - 1)));
                known.findings.put(finding.id(), finding);
            }
            return known;
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + ":" + line + ": is no result of a watch; give another --results", e);
        }
    }

    Instant releasedAt() {
        return releasedAt;
    }

    /** Null when nothing came out yet. */
    Finding of(Checkpoint checkpoint) {
        return findings.get(checkpoint.id());
    }

    void add(Finding finding) throws IOException {
        append(finding.toJson());
        findings.put(finding.id(), finding);
    }

    private void append(JsonNode line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
