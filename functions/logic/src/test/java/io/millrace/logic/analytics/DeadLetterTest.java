package io.millrace.logic.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.analytics.Once.Effect;
import io.millrace.logic.analytics.Once.Seen;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void aLetterIsOfWhereItsRecordWas() {
        SourceRecord bad = new SourceRecord("task-events", 3, 17, 5, null, new byte[] {'{'}, List.of());
        OutboundRecord letter = DeadLetters.of(bad, ErrorCode.NOT_JSON, "no");
        assertThat(DeadLetter.of(new SourceRecord("task-events-dlq", 0, 1, 9, null, letter.value(), letter.headers())))
                .isEqualTo(new DeadLetter("task-events-dlq/task-events/3/17", "task-events", "not_json", 9));
    }

    @Test
    void whatSaysNothingOrNonsenseIsOneByItsOwnPosition() {
        DeadLetter expected = new DeadLetter("x-dlq/0/1", "x-dlq", "unknown", 9);
        assertThat(DeadLetter.of(letter())).isEqualTo(expected);
        assertThat(DeadLetter.of(letter(
                        header("error_code", "Not A Code\n"),
                        header("source_topic", "a/b".repeat(1_000)),
                        header("source_partition", "-1"),
                        header("source_offset", "99999999999999999999"))))
                .isEqualTo(expected);
    }

    @Test
    void itCountsOnce() {
        Once<DeadLetter> once = new Once<>(100, DeadLetter::fact);
        DeadLetter letter = new DeadLetter("id", "t", "not_json", 9);
        Decision<Seen, Effect, Fact> first = once.decide("id", null, letter, 10);
        assertThat(first.commands()).containsExactly(DeadLetter.fact(letter));
        assertThat(once.decide("id", first.state(), letter, 11).effect()).isEqualTo(Effect.DUPLICATE);
        assertThat(once.nextWake(first.state())).isEqualTo(110);
        assertThat(once.wake("id", first.state(), 110).state()).isNull();
    }

    private static SourceRecord letter(RecordHeader... headers) {
        return new SourceRecord("x-dlq", 0, 1, 9, null, new byte[0], List.of(headers));
    }

    private static RecordHeader header(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
