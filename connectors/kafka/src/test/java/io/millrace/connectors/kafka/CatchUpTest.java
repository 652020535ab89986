package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.kafka.LogEnds.Span;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {
    private static final long START = 1_000_000;
    private static final long IDLE_AFTER = 3_000;
    private static final long MAX_HOLD = 30_000;
    private static final long LOG_TIME = 500_000;
    private static final long HELD = Long.MIN_VALUE;
    private static final long CAUGHT_UP = Long.MAX_VALUE;
    private static final TopicPartition P0 = new TopicPartition("task-events", 0);
    private static final TopicPartition P1 = new TopicPartition("task-events", 1);

    private final CatchUp catchUp = new CatchUp(Duration.ofMillis(IDLE_AFTER), Duration.ofMillis(MAX_HOLD), START);

    /** {@code read}: offset of the last record read, -1 for none. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "empty topic                          | 0 | 0  | -1 | caught up",
                "nothing since the savepoint          | 7 | 7  | -1 | caught up",
                "only markers since the savepoint     | 7 | 6  | -1 | caught up",
                "a backlog of which nothing was read  | 7 | 20 | -1 | held",
                "a backlog of which some was read     | 7 | 20 | 18 | log time",
                "a backlog read to its last record    | 7 | 20 | 19 | caught up",
                "a backlog read past its last record  | 7 | 20 | 25 | caught up",
            })
    void onePartition(String name, long start, long end, long read, String expected) {
        catchUp.assigned(P0);
        catchUp.answered(Map.of(P0, new Span(start, end)), START);
        if (read >= 0) {
            catchUp.read(P0, read, LOG_TIME);
        }

        long readUpTo = catchUp.readUpTo(START + IDLE_AFTER * 2);

        assertThat(readUpTo)
                .isEqualTo(
                        switch (expected) {
                            case "held" -> HELD;
                            case "caught up" -> CAUGHT_UP;
                            default -> LOG_TIME;
                        });
    }

    @Test
    void theSlowestPartitionSaysHowFarTheReaderIs() {
        givenTwoPartitionsBehind();

        catchUp.read(P0, 5, LOG_TIME + 100);
        assertThat(catchUp.readUpTo(START)).isEqualTo(HELD);

        catchUp.read(P1, 5, LOG_TIME);
        assertThat(catchUp.readUpTo(START)).isEqualTo(LOG_TIME);
    }

    @Test
    void aPartitionThatHasCaughtUpHoldsNothingBack() {
        givenTwoPartitionsBehind();
        catchUp.read(P0, 19, LOG_TIME);
        catchUp.read(P1, 5, LOG_TIME + 100);

        assertThat(catchUp.readUpTo(START)).isEqualTo(LOG_TIME + 100);

        catchUp.read(P1, 19, LOG_TIME + 200);
        assertThat(catchUp.readUpTo(START)).isEqualTo(CAUGHT_UP);
    }

    @Test
    void aPartitionThatIsNotItsTurnForLongIsStillBehind() {
        givenTwoPartitionsBehind();

        for (int i = 0; i < 19; i++) {
            catchUp.read(P0, i, LOG_TIME);
            assertThat(catchUp.readUpTo(START + i * MAX_HOLD)).isEqualTo(HELD);
        }
    }

    @Test
    void aReaderHeldUpByWhatComesAfterItIsStillBehind() {
        givenTwoPartitionsBehind();
        catchUp.read(P0, 1, LOG_TIME);

        assertThat(catchUp.readUpTo(START + 10 * MAX_HOLD)).isEqualTo(HELD);
    }

    @Test
    void aRecordThatIsGoneIsNotWaitedForLongerThanTheHold() {
        givenTwoPartitionsBehind();
        catchUp.nothingToRead(START + 1000);
        assertThat(catchUp.readUpTo(START + 1000 + MAX_HOLD - 1)).isEqualTo(HELD);

        catchUp.read(P0, 1, LOG_TIME);
        assertThat(catchUp.readUpTo(START + 1000 + MAX_HOLD)).isEqualTo(HELD);

        catchUp.nothingToRead(START + 50_000);
        catchUp.nothingToRead(START + 60_000);
        assertThat(catchUp.readUpTo(START + 50_000 + MAX_HOLD)).isEqualTo(CAUGHT_UP);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsWaitedForAsLongAsTheHold() {
        catchUp.assigned(P0);

        assertThat(catchUp.readUpTo(START + MAX_HOLD - 1)).isEqualTo(HELD);
        assertThat(catchUp.readUpTo(START + MAX_HOLD)).isEqualTo(CAUGHT_UP);
    }

    @Test
    void aReaderWithoutPartitionsIsIdleAWhileAfterTheBrokerAnswered() {
        long answered = START + 10_000;
        assertThat(catchUp.readUpTo(answered)).isEqualTo(HELD);

        catchUp.answered(Map.of(), answered);

        assertThat(catchUp.readUpTo(answered + IDLE_AFTER - 1)).isEqualTo(HELD);
        assertThat(catchUp.readUpTo(answered + IDLE_AFTER)).isEqualTo(CAUGHT_UP);
    }

    @Test
    void aPartitionAssignedLateIsWaitedFor() {
        catchUp.answered(Map.of(), START);
        catchUp.assigned(P0);
        assertThat(catchUp.readUpTo(START + IDLE_AFTER)).isEqualTo(HELD);

        catchUp.answered(Map.of(P0, new Span(0, 1)), START + IDLE_AFTER);
        assertThat(catchUp.readUpTo(START + IDLE_AFTER)).isEqualTo(HELD);

        catchUp.read(P0, 0, LOG_TIME);
        assertThat(catchUp.readUpTo(START + IDLE_AFTER)).isEqualTo(CAUGHT_UP);
    }

    @Test
    void recordsReadBeforeTheAnswerCount() {
        catchUp.assigned(P0);
        catchUp.read(P0, 19, LOG_TIME);

        catchUp.answered(Map.of(P0, new Span(7, 20)), START);

        assertThat(catchUp.readUpTo(START)).isEqualTo(CAUGHT_UP);
    }

    private void givenTwoPartitionsBehind() {
        catchUp.assigned(P0);
        catchUp.assigned(P1);
        catchUp.answered(Map.of(P0, new Span(0, 20), P1, new Span(0, 20)), START);
    }

    @Test
    void whatCameWhileReadingTheBacklogIsAskedForAgain() {
        catchUp.assigned(P0);
        catchUp.answered(Map.of(P0, new Span(0, 20)), START);
        catchUp.read(P0, 19, LOG_TIME);
        assertThat(catchUp.readUpTo(START + 5_000)).isEqualTo(CAUGHT_UP);
        assertThat(catchUp.isStale(START + 5_000)).isTrue();

        Map<TopicPartition, Long> positions = catchUp.askAgain();

        assertThat(positions).containsEntry(P0, 20L);
        assertThat(catchUp.readUpTo(START + 5_000)).isEqualTo(LOG_TIME);
        catchUp.answered(Map.of(P0, new Span(20, 25)), START + 5_100);
        catchUp.read(P0, 24, LOG_TIME + 50);
        assertThat(catchUp.readUpTo(START + 5_200)).isEqualTo(CAUGHT_UP);
        assertThat(catchUp.isStale(START + 5_200)).isFalse();
    }

    @Test
    void aReaderThatDoesNotKeepUpIsLetGoInTheEnd() {
        catchUp.assigned(P0);
        int questions = 0;
        long now = START;
        do {
            catchUp.answered(Map.of(P0, new Span(0, questions)), now);
            catchUp.read(P0, questions, LOG_TIME + questions);
            now += 5_000;
            assertThat(catchUp.readUpTo(now)).isEqualTo(CAUGHT_UP);
            questions++;
        } while (catchUp.isStale(now) && !catchUp.askAgain().isEmpty());

        assertThat(questions).isEqualTo(20);
    }
}
