package io.millrace.gateway.model;

import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The latest dead letters of each topic: why, whence, and the beginning of what they are. Of the platform. */
final class LetterFeed implements Feed {
    static final int KEPT = 5_000;
    static final int KEPT_BYTES = 16 * 1024;

    private static final int KEPT_KEY_BYTES = 1024;
    private static final int KEPT_CHARS = 1_100;

    private final Set<String> grown = new HashSet<>();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE letters (topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL,"
                        + " logged INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, source_topic TEXT,"
                        + " source_partition TEXT, source_position TEXT, first_seen TEXT, truncated_from TEXT,"
                        + " bytes INTEGER NOT NULL, key BLOB, value BLOB, PRIMARY KEY (topic, partition, position))",
                "CREATE INDEX letters_by_time ON letters (topic, logged, partition, position)",
                "CREATE INDEX letters_by_age ON letters (logged, topic, partition, position)");
    }

    @Override
    public boolean follows(String topic) {
        return LetterTopics.sourceOf(topic) != null;
    }

    @Override
    public Change read(SourceRecord record) {
        // Whoever waits, waits for an event about a task; others must not speak for those letters.
        RefusedEvent refused = record.topic().equals(Topics.TASK_EVENTS_DLQ) ? RefusedEvent.of(record) : null;
        return model -> {
            if (refused != null) {
                model.happened(refused.event().tenant(), refused.event().eventId(), refused.outcome());
            }
            apply(record, model);
        };
    }

    private void apply(SourceRecord letter, ModelWriter model) throws SQLException {
        model.update(
                "INSERT OR IGNORE INTO letters (topic, partition, position, logged, code, message, source_topic,"
                        + " source_partition, source_position, first_seen, truncated_from, bytes, key, value)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.timestamp(),
                text(letter, WireHeaders.ERROR_CODE, "unknown"),
                text(letter, WireHeaders.ERROR_MESSAGE, ""),
                text(letter, WireHeaders.SOURCE_TOPIC, null),
                text(letter, WireHeaders.SOURCE_PARTITION, null),
                text(letter, WireHeaders.SOURCE_OFFSET, null),
                text(letter, WireHeaders.FIRST_SEEN, null),
                text(letter, WireHeaders.TRUNCATED_FROM, null),
                letter.value() == null ? 0 : letter.value().length,
                beginning(letter.key(), KEPT_KEY_BYTES),
                beginning(letter.value(), KEPT_BYTES));
        grown.add(letter.topic());
    }

    /** The beginning of a header. */
    static String text(SourceRecord letter, String header, String otherwise) {
        List<RecordHeader> headers = letter.headers();
        String text = headers.isEmpty() ? null : letter.header(header);
        if (text == null) {
            return otherwise;
        }
        return text.length() <= KEPT_CHARS ? text : text.substring(0, KEPT_CHARS);
    }

    private static byte[] beginning(byte[] bytes, int kept) {
        return bytes == null || bytes.length <= kept ? bytes : Arrays.copyOf(bytes, kept);
    }

    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (String topic : grown) {
            model.update(
                    "DELETE FROM letters WHERE topic = ? AND (logged, partition, position) <= (SELECT logged, partition,"
                            + " position FROM letters WHERE topic = ? ORDER BY logged DESC, partition DESC, position DESC"
                            + " LIMIT 1 OFFSET ?)",
                    topic,
                    topic,
                    KEPT);
        }
        grown.clear();
    }
}
