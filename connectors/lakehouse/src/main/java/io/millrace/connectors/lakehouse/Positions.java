package io.millrace.connectors.lakehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.lake.SourcePosition;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;

/**
 * How far each source partition is in a table. It is a property of the table, which changes with its rows in one commit: so
 * rows are in it once, whatever checkpoint a job starts from and whatever the job is called.
 */
final class Positions {
    static final String PROPERTY = "millrace.positions";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, SourcePosition> bySource = new TreeMap<>();

    static Positions of(Table table) {
        Positions positions = new Positions();
        String text = table.properties().get(PROPERTY);
        if (text == null) {
            return positions;
        }
        try {
            JSON.readTree(text).properties().forEach(entry -> {
                int slash = entry.getKey().lastIndexOf('/');
                positions.put(new SourcePosition(
                        entry.getKey().substring(0, slash),
                        Integer.parseInt(entry.getKey().substring(slash + 1)),
                        entry.getValue().path("offset").asLong(),
                        Base64.getDecoder().decode(entry.getValue().path("link").asText())));
            });
        } catch (JsonProcessingException | RuntimeException e) {
            throw new LakeException(
                    "the property " + PROPERTY + " of the table " + table.name() + " is not as this build writes it",
                    e);
        }
        return positions;
    }

    String toJson() {
        ObjectNode all = JSON.createObjectNode();
        bySource.forEach((source, position) -> all.putObject(source)
                .put("offset", position.offset())
                .put("link", Base64.getEncoder().encodeToString(position.link())));
        return all.toString();
    }

    List<SourcePosition> all() {
        return new ArrayList<>(bySource.values());
    }

    private void put(SourcePosition position) {
        bySource.put(position.source(), position);
    }

    /**
     * Adds what follows.
     *
     * @return whether any of it is new: else all of it is there already
     * @throws LakeException when there is a gap before it, or a part of it is there
     */
    boolean add(List<SourceRange> ranges) {
        List<SourceRange> added = ranges.stream().filter(this::isNew).toList();
        if (added.isEmpty()) {
            return false;
        }
        if (added.size() < ranges.size()) {
            throw new LakeException("a part of what is to be committed is in the table: another job writes to it");
        }
        added.forEach(range -> put(range.end()));
        return true;
    }

    private boolean isNew(SourceRange range) {
        SourcePosition at = bySource.get(range.source());
        if (at == null) {
            if (range.after() >= 0) {
                throw gap(range, 0);
            }
            return true;
        }
        if (range.to() <= at.offset()) {
            return false;
        }
        if (range.from() <= at.offset()) {
            throw new LakeException("the offsets " + range.from() + " to " + at.offset() + " of " + range.source()
                    + " are in the table already: another job writes to it");
        }
        if (range.after() > at.offset()) {
            throw gap(range, at.offset() + 1);
        }
        return true;
    }

    private static LakeException gap(SourceRange range, long from) {
        return new LakeException("the offsets " + from + " to " + range.after() + " of " + range.source()
                + " are missing: the job's state is later than the table. Start the job without state: it then reads on from"
                + " where the table ends");
    }
}
