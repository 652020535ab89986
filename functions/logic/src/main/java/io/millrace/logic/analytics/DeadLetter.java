package io.millrace.logic.analytics;

import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.WireHeaders;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What figures need of a dead letter. Whoever may write to its topic may say anything in its headers.
 *
 * @param id of the record that it is of; of a letter that does not say, its own position
 * @param at when it was made, milliseconds since the epoch
 */
public record DeadLetter(String id, String topic, String code, long at) {
    private static final String UNKNOWN = "unknown";
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    /** As Kafka has them. */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    public static DeadLetter of(SourceRecord letter) {
        String topic = matching(letter.header(WireHeaders.SOURCE_TOPIC), TOPIC);
        String partition = matching(letter.header(WireHeaders.SOURCE_PARTITION), NUMBER);
        String offset = matching(letter.header(WireHeaders.SOURCE_OFFSET), NUMBER);
        String code = matching(letter.header(WireHeaders.ERROR_CODE), CODE);
        boolean says = topic != null && partition != null && offset != null;
        return new DeadLetter(
                says
                        ? letter.topic() + '/' + topic + '/' + partition + '/' + offset
                        : letter.topic() + '/' + letter.partition() + '/' + letter.offset(),
                topic == null ? letter.topic() : topic,
                code == null ? UNKNOWN : code,
                letter.timestamp());
    }

    public static Fact fact(DeadLetter letter) {
        return new Fact(
                FigureTable.DEAD_LETTERS,
                Envelope.DEFAULT_TENANT,
                letter.at(),
                List.of(letter.topic(), letter.code()),
                Map.of("letters", 1L));
    }

    private static String matching(String text, Pattern pattern) {
        return text != null && pattern.matcher(text).matches() ? text : null;
    }
}
