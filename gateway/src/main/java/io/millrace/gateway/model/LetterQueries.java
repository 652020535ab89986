package io.millrace.gateway.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** What can be asked of dead letters. */
public final class LetterQueries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUMMARY =
            "topic AS in_topic, partition AS in_partition, position AS at_position, logged"
                    + " AS logged_at, code, message, source_topic, source_partition, source_position, first_seen,"
                    + " truncated_from, bytes";
    private static final List<Order> LATEST_FIRST = List.of(
            Order.descending("logged"),
            Order.ascending("topic"),
            Order.descending("partition"),
            Order.descending("position"));

    private final ReadModel model;

    public LetterQueries(ReadModel model) {
        this.model = model;
    }

    /** Where a dead letter is. */
    public record Place(String topic, int partition, long offset) {}

    /** How many there are. */
    public record Count(String topic, String code, long letters) {}

    /**
     * The latest first, without what they are of.
     *
     * @param topic null for all, as {@code code}
     */
    public Page list(String topic, String code, PageRequest page) {
        return model.ask(reader -> new Select(SUMMARY, "letters")
                .andIf(topic, "topic = ?")
                .andIf(code, "code = ?")
                .page(reader, LATEST_FIRST, page, row -> bytes(summary(row))));
    }

    /** Where the latest ones are. */
    public List<Place> places(String topic, String code, int limit) {
        return model.ask(reader -> reader.all(
                "SELECT topic, partition, position FROM letters WHERE topic = ?" + (code == null ? "" : " AND code = ?")
                        + " ORDER BY logged DESC, partition DESC, position DESC LIMIT " + limit,
                row -> new Place(row.getString(1), row.getInt(2), row.getLong(3)),
                code == null ? new Object[] {topic} : new Object[] {topic, code}));
    }

    /** Of those that are kept. */
    public List<Count> counts() {
        return model.ask(reader -> reader.all(
                "SELECT topic, code, count(*) FROM letters GROUP BY topic, code ORDER BY topic, code",
                row -> new Count(row.getString(1), row.getString(2), row.getLong(3))));
    }

    /** With what it is of, up to a bound; null when there is none. */
    public byte[] find(Place place) {
        return model.ask(reader -> reader.first(
                "SELECT " + SUMMARY + ", key, value FROM letters WHERE topic = ? AND partition = ? AND position = ?",
                row -> {
                    ObjectNode letter = summary(row);
                    put(letter, "key", row.getBytes("key"));
                    byte[] value = row.getBytes("value");
                    put(letter, "value", value);
                    letter.put("value_complete", value == null || value.length == row.getLong("bytes"));
                    return bytes(letter);
                },
                place.topic(),
                place.partition(),
                place.offset()));
    }

    private static ObjectNode summary(ResultSet row) throws SQLException {
        ObjectNode letter = JSON.createObjectNode();
        letter.put("id", row.getString(1) + ":" + row.getInt(2) + ":" + row.getLong(3));
        letter.put("topic", row.getString(1));
        letter.put("partition", row.getInt(2));
        letter.put("offset", row.getLong(3));
        letter.put("logged_at", Instant.ofEpochMilli(row.getLong(4)).toString());
        letter.put("error_code", row.getString(5));
        letter.put("error_message", row.getString(6));
        putIf(letter, "source_topic", row.getString(7));
        putIf(letter, "source_partition", row.getString(8));
        putIf(letter, "source_offset", row.getString(9));
        putIf(letter, "first_seen", row.getString(10));
        putIf(letter, "truncated_from", row.getString(11));
        letter.put("bytes", row.getLong(12));
        return letter;
    }

    private static void putIf(ObjectNode letter, String name, String value) {
        if (value != null) {
            letter.put(name, value);
        }
    }

    /** As text where it is text, else as base64: readers must be able to tell. */
    private static void put(ObjectNode letter, String name, byte[] bytes) {
        if (bytes == null) {
            letter.putNull(name);
            return;
        }
        try {
            letter.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            letter.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
