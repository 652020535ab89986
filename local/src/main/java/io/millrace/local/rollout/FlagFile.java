package io.millrace.local.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.rollout.FlagDocument;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Flags in a file as flagd has it (https://flagd.dev/reference/flag-definitions/). */
public final class FlagFile {
    private static final String SCHEMA = "https://flagd.dev/schema/v0/flags.json";
    private static final String EVALUATORS = "$evaluators";
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private static final JsonMapper JSON = JsonMapper.builder(IsolatedJson.factory()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private FlagFile() {}

    /**
     * The text of such a file. A record of the topic that holds no flag is left out: one that flagd does not take would keep it
     * from taking the others. So is what is not for a file to say: safety flags, and what roll-outs have noted of themselves.
     *
     * @param flags as they stand on the topic, by key
     */
    public static String text(Map<String, String> flags) {
        ObjectNode file = JSON.createObjectNode().put("$schema", SCHEMA);
        ObjectNode all = file.putObject("flags");
        new TreeMap<>(flags).forEach((key, definition) -> {
            try {
                if (!isSafety(key)) {
                    all.set(key, FlagDocument.read(definition).notedAs(null).json());
                }
            } catch (RejectedEventException e) {
                // The rollout job makes it a dead letter.
                return;
            }
        });
        return file.toPrettyString() + "\n";
    }

    private static boolean isSafety(String key) {
        return Stream.of(SafetyFlag.values()).anyMatch(flag -> flag.key().equals(key));
    }

    /** Replaces the file in one step, so that nobody reads half of it. @return whether there was something to change */
    public static boolean write(Path named, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isThere = Files.exists(named);
        // What a link leads to, not the link.
        Path file = isThere ? named.toRealPath() : named;
        if (isThere && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return false;
        }
        Path directory = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(directory, "." + file.getFileName(), ".new");
        try {
            Files.write(fresh, bytes);
            Files.setPosixFilePermissions(fresh, isThere ? Files.getPosixFilePermissions(file) : READABLE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return true;
    }

    /**
     * The flags of such a file, by key.
     *
     * @param problems told what in it is no flag, and where
     */
    public static NavigableMap<String, String> parse(byte[] text, Consumer<String> problems) {
        NavigableMap<String, String> flags = new TreeMap<>();
        JsonNode file;
        try {
            file = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            problems.accept("line " + e.getLocation().getLineNr() + ": no JSON: " + e.getOriginalMessage());
            return flags;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes that are there can't be read", e);
        }
        if (!file.path("flags").isObject()) {
            problems.accept("flags: must be an object with the flags by their keys");
            return flags;
        }
        if (!file.path(EVALUATORS).isEmpty()) {
            problems.accept(EVALUATORS + ": flags stand on their own here; write the rules where they are used");
        }
        for (Map.Entry<String, JsonNode> each : file.path("flags").properties()) {
            String definition = each.getValue().toString();
            if (isSafety(each.getKey())) {
                problems.accept("flags." + each.getKey() + ": ./millrace safety says when it is on; no file does");
                continue;
            }
            try {
                FlagSeen.read(new SourceRecord(
                        Topics.FLAGS,
                        0,
                        0,
                        0,
                        each.getKey().getBytes(StandardCharsets.UTF_8),
                        definition.getBytes(StandardCharsets.UTF_8),
                        List.of()));
                flags.put(each.getKey(), definition);
            } catch (RejectedEventException e) {
                problems.accept("flags." + each.getKey() + ": " + e.getMessage());
            }
        }
        return flags;
    }

    /**
     * What publishing flags would do to those there are. What roll-outs have noted of themselves stays as it stands there.
     *
     * @param changed to be published
     * @param unchanged keys of those that stand there already
     * @param underWay keys of those that a roll-out has in its hands, which would lose them
     */
    public record Difference(NavigableMap<String, String> changed, List<String> unchanged, List<String> underWay) {}

    /** @param there as they stand on the topic, by key */
    public static Difference difference(Map<String, String> wanted, Map<String, String> there) {
        Difference difference = new Difference(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        wanted.forEach((key, definition) -> {
            FlagDocument now = document(there.get(key));
            JsonNode fresh = document(definition).notedAs(now).json();
            if (now != null && now.json().equals(fresh)) {
                difference.unchanged().add(key);
            } else if (now != null && now.isUnderWay()) {
                difference.underWay().add(key);
            } else {
                difference.changed().put(key, fresh.toString());
            }
        });
        return difference;
    }

    private static FlagDocument document(String definition) {
        try {
            return definition == null ? null : FlagDocument.read(definition);
        } catch (RejectedEventException e) {
            return null;
        }
    }
}
