package io.millrace.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterReplayTest {

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static SourceRecord letter(String source, List<RecordHeader> headers) {
        OutboundRecord letter = DeadLetters.of(
                new SourceRecord(source, 2, 7, 1_000, new byte[] {1}, new byte[] {2}, headers),
                ErrorCode.NOT_JSON,
                "no");
        return new SourceRecord("task-events-dlq", 0, 0, 2_000, letter.key(), letter.value(), letter.headers());
    }

    @Test
    void theOriginalHasTheHeadersThatItCameWith() {
        SourceRecord letter =
                letter("task-events", List.of(header("error_code", "theirs"), header("traceparent", "t")));

        AddressedRecord original = LetterReplay.original(letter);
        assertThat(original.topic()).isEqualTo("task-events");
        assertThat(original.key()).containsExactly(1);
        assertThat(original.value()).containsExactly(2);
        assertThat(original.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly("error_code=theirs", "traceparent=t", "first_seen=1970-01-01T00:00:01Z");
        assertThat(LetterReplay.problemOf(letter)).isNull();
    }

    @Test
    void aLetterGoesNowhereElseWhateverItSays() {
        assertThat(LetterReplay.problemOf(letter("approval-decisions", List.of())))
                .isEqualTo("it does not say that it came from task-events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation-keys", "audit-anchors", "conversation-replies", "anything"})
    void whatNoJobReadsIsNotWrittenTo(String topic) {
        SourceRecord named = letter(topic, List.of());
        SourceRecord letter =
                new SourceRecord(topic + "-dlq", 0, 0, 2_000, named.key(), named.value(), named.headers());

        assertThat(LetterReplay.problemOf(letter)).isEqualTo("no job writes dead letters to " + topic + "-dlq");
    }

    @Test
    void aLetterThatIsNotWholeIsNotPutBack() {
        SourceRecord whole = letter("task-events", List.of());
        List<RecordHeader> headers = new ArrayList<>(whole.headers());
        headers.add(header("truncated_from", "99"));
        SourceRecord cut = new SourceRecord("task-events-dlq", 0, 0, 0, whole.key(), whole.value(), headers);

        assertThat(LetterReplay.problemOf(cut)).isEqualTo("it is not whole");
    }

    @Test
    void aPositionIsReadAsItIsWritten() {
        LogPosition position = new LogPosition("task-events-dlq", 3, 42);

        assertThat(LogPosition.parse(position.toString())).isEqualTo(position);
        for (String none : List.of("", "a", "a:1", ":1:2", "a:x:1", "a:1:-1", "a:1:2:3", "a:99999999999:1")) {
            assertThat(LogPosition.parse(none)).as(none).isNull();
        }
    }
}
