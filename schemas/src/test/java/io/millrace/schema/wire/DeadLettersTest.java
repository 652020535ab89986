package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] VALUE = {(byte) 0xFF, 0, 7};

    @Test
    void aDeadLetterKeepsTheBytesAndHeadersAndAddsTheReasonAndThePosition() {
        SourceRecord source = source(List.of(header("trace", "abc")));

        OutboundRecord letter = DeadLetters.of(source, ErrorCode.NOT_JSON, "expected a JSON object");

        assertThat(letter.key()).isSameAs(KEY);
        assertThat(letter.value()).isSameAs(VALUE);
        assertThat(headers(letter))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "trace", "abc",
                        "error_code", "not_json",
                        "error_message", "expected a JSON object",
                        "source_topic", "task-events",
                        "source_partition", "3",
                        "source_offset", "41",
                        "first_seen", "2026-11-20T08:00:00.123Z"));
    }

    @Test
    void aDeadLetterThatWasPutBackAndFailsAgainKeepsWhenItWasFirstSeen() {
        SourceRecord source = source(List.of(header("first_seen", "2026-11-01T00:00:00Z")));

        OutboundRecord letter = DeadLetters.of(source, ErrorCode.INVALID_VALUE, "title: too long");

        assertThat(letter.headers().stream().filter(header -> header.key().equals("first_seen")))
                .hasSize(1);
        assertThat(headers(letter)).containsEntry("first_seen", "2026-11-01T00:00:00Z");
    }

    @Test
    void whatAProducerClaimsToBeFirstSeenIsKeptAsItIsAndNotBelieved() {
        SourceRecord source = source(List.of(header("first_seen", "GARBAGE")));

        OutboundRecord letter = DeadLetters.of(source, ErrorCode.NOT_JSON, "no");

        assertThat(letter.headers().stream()
                        .filter(header -> header.key().equals("first_seen"))
                        .map(header -> new String(header.value(), StandardCharsets.UTF_8)))
                .containsExactly("GARBAGE", "2026-11-20T08:00:00.123Z");
    }

    @Test
    void aSenderCannotHaveAWholeLetterPassForAPart() {
        SourceRecord source = source(List.of(header("truncated_from", "99")));

        OutboundRecord letter = DeadLetters.of(source, ErrorCode.NOT_JSON, "no");

        assertThat(headers(letter)).doesNotContainKey("truncated_from");
    }

    @Test
    void ofARecordThatWouldNotGetThroughTheBeginningIsKept() {
        byte[] huge = new byte[DeadLetters.MAX_BYTES + 1];
        SourceRecord source = new SourceRecord("task-events", 3, 41, 1_795_161_600_123L, KEY, huge, List.of());

        OutboundRecord letter = DeadLetters.of(source, ErrorCode.TOO_LARGE, "too large");

        assertThat(letter.value()).hasSize(1 << 20);
        assertThat(headers(letter))
                .containsEntry("truncated_from", Integer.toString(huge.length + KEY.length))
                .containsEntry("source_offset", "41");
    }

    @Test
    void ofALetterThatItsTopicDoesNotTakeTheBeginningIsKeptAndTheReason() {
        byte[] large = new byte[50_000];
        List<RecordHeader> theirs =
                IntStream.range(0, 5_000).mapToObj(i -> header("h" + i, "x")).toList();
        SourceRecord source = new SourceRecord("task-events", 3, 41, 1_795_161_600_123L, large, large, theirs);
        OutboundRecord letter = DeadLetters.of(source, ErrorCode.INVALID_VALUE, "x".repeat(5000));

        OutboundRecord fitting = DeadLetters.within(letter, 20_000);

        assertThat(fitting.key()).hasSize(1_024);
        assertThat(fitting.value().length).isBetween(15_000, 20_000);
        assertThat(headers(fitting))
                .containsOnlyKeys(
                        "truncated_from",
                        "error_code",
                        "error_message",
                        "source_topic",
                        "source_partition",
                        "source_offset",
                        "first_seen")
                .containsEntry("source_offset", "41");
        assertThat(DeadLetters.within(fitting, 20_000)).isSameAs(fitting);
    }

    @Test
    void namesOfHeadersCountByTheirBytes() {
        OutboundRecord letter = DeadLetters.of(source(List.of(header("€".repeat(300), "x"))), ErrorCode.NOT_JSON, "no");

        assertThat(headers(DeadLetters.within(letter, 1_000))).containsKey("truncated_from");
        assertThat(DeadLetters.within(letter, 1_500)).isSameAs(letter);
    }

    @Test
    void oneThatFitsIsLeftAlone() {
        OutboundRecord letter = DeadLetters.of(source(List.of(header("trace", "abc"))), ErrorCode.NOT_JSON, "no");

        assertThat(DeadLetters.within(letter, 1_000)).isSameAs(letter);
    }

    @Test
    void aLongMessageIsCut() {
        OutboundRecord letter = DeadLetters.of(source(List.of()), ErrorCode.INVALID_VALUE, "x".repeat(5000));

        assertThat(headers(letter).get("error_message")).hasSizeLessThan(1100).endsWith("…");
    }

    private static SourceRecord source(List<RecordHeader> headers) {
        return new SourceRecord("task-events", 3, 41, 1_795_161_600_123L, KEY, VALUE, headers);
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(OutboundRecord letter) {
        return letter.headers().stream()
                .collect(Collectors.toMap(
                        RecordHeader::key, header -> new String(header.value(), StandardCharsets.UTF_8)));
    }
}
