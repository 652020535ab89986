package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.kafka.LogEnds.Answer;
import io.millrace.connectors.kafka.LogEnds.Span;
import io.millrace.schema.wire.LogTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {
    private static final long START = 1_000_000;
    private static final long MAX_HOLD = 30_000;
    private static final long LOG_TIME = 500_000;
    private static final long HELD = Long.MIN_VALUE;
    private static final long IDLE = Long.MAX_VALUE;
    private static final long CAUGHT_UP = START + LogTime.ALLOWANCE_MILLIS;
    private static final TopicPartition P0 = new TopicPartition("task-events", 0);
    private static final TopicPartition P1 = new TopicPartition("task-events", 1);

    private final CatchUp catchUp = new CatchUp(Pace.HURRIED, Duration.ofMillis(MAX_HOLD), START);

    @BeforeEach
    void bothPartitionsAreGiven() {
        catchUp.given(2);
    }

    private static Answer answer(long askedAt, Map<TopicPartition, Span> spans) {
        return new Answer(askedAt, spans, 2, List.of());
    }

    private static Span span(long start, long end) {
        return new Span(start, end, Math.max(start, end), false);
    }

    private void assigned(TopicPartition... partitions) {
        for (TopicPartition each : partitions) {
            catchUp.assigned(each);
        }
        catchUp.asked(START);
    }

    private void givenTwoPartitionsBehind() {
        assigned(P0, P1);
        catchUp.answered(answer(START, Map.of(P0, span(0, 20), P1, span(0, 20))));
    }

    /** Time passes as it does for a reader that is not paused. */
    private void waitFrom(long from, long to) {
        for (long now = from; now < to; now += 50) {
            catchUp.waits(now);
        }
        catchUp.waits(to);
    }

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
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(start, end))));
        if (read >= 0) {
            catchUp.read(0, read, LOG_TIME);
        }

        assertThat(catchUp.readUpTo())
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

        catchUp.read(0, 5, LOG_TIME + 100);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        catchUp.read(1, 5, LOG_TIME);
        assertThat(catchUp.readUpTo()).isEqualTo(LOG_TIME);

        catchUp.read(1, 19, LOG_TIME + 200);
        assertThat(catchUp.readUpTo()).isEqualTo(LOG_TIME + 100);

        catchUp.read(0, 19, LOG_TIME + 150);
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);
    }

    @Test
    void whatWasReadIsKnownOnlyUpToTheQuestionHoweverMuchTimePasses() {
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(7, 7))));

        // A paused process, a broker that is slow, a job held up by what is after it: no time, no answer, no records.
        catchUp.waits(START + 100 * MAX_HOLD);

        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);
    }

    @Test
    void theQuestionIsAskedTimeAndAgain() {
        assigned(P0);
        assertThat(catchUp.question(START + 5_000, true))
                .as("before the answer")
                .isEmpty();
        catchUp.answered(answer(START, Map.of(P0, span(7, 7))));
        assertThat(catchUp.question(START + 199, true)).as("too soon").isEmpty();

        assertThat(catchUp.question(START + 200, true)).contains(new CatchUp.Question(Map.of(P0, 7L), false));

        assertThat(catchUp.question(START + 5_000, true))
                .as("before the answer")
                .isEmpty();
        catchUp.answered(answer(START + 101, Map.of(P0, span(7, 9))));
        assertThat(catchUp.readUpTo()).as("two records came meanwhile").isEqualTo(CAUGHT_UP);
        catchUp.read(0, 7, START + 60);
        catchUp.read(0, 8, START + 70);
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + 101);
    }

    @Test
    void whoIsInNoHurryAsksOnceASecondAndWaitsForWhatABrokerHoldsBack() {
        CatchUp unhurried = new CatchUp(Pace.UNHURRIED, Duration.ofMillis(MAX_HOLD), START);
        unhurried.given(2);
        unhurried.assigned(P0);
        unhurried.asked(START);
        unhurried.answered(answer(START, Map.of(P0, span(7, 9))));
        assertThat(unhurried.question(START + 999, true))
                .as("records may be on their way")
                .isEmpty();

        assertThat(unhurried.question(START + 1_000, true)).contains(new CatchUp.Question(Map.of(P0, 7L), true));

        unhurried.answered(answer(START + 1_000, Map.of(P0, span(7, 7))));
        assertThat(unhurried.question(START + 1_999, true)).as("too soon").isEmpty();
        assertThat(unhurried.question(START + 2_000, true)).contains(new CatchUp.Question(Map.of(P0, 7L), false));
    }

    @Test
    void anEndThatIsNotReachedThoughNothingComesMayBeNoRecordsPlace() {
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(7, 7))));
        catchUp.question(START + 200, true);
        catchUp.answered(answer(START + 101, Map.of(P0, span(7, 8))));
        assertThat(catchUp.question(START + 150, false)).as("records come").isEmpty();

        assertThat(catchUp.question(START + 150, true)).contains(new CatchUp.Question(Map.of(P0, 7L), true));

        catchUp.answered(answer(START + 151, Map.of(P0, span(7, 7))));
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + 151);
    }

    @Test
    void anEndThatIsNotReachedForLongIsAskedAboutAgainWhileOthersHaveTraffic() {
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(7, 20))));
        assertThat(catchUp.question(START + 999, false)).isEmpty();

        assertThat(catchUp.question(START + 1_000, false)).contains(new CatchUp.Question(Map.of(P0, 7L), true));
    }

    @Test
    void aReaderHeldUpByWhatComesAfterItIsStillBehind() {
        givenTwoPartitionsBehind();
        catchUp.read(0, 1, LOG_TIME);

        waitFrom(START, START + MAX_HOLD - 100);

        assertThat(catchUp.readUpTo()).isEqualTo(HELD);
    }

    @Test
    void aRecordThatIsGoneIsNotWaitedForLongerThanTheHold() {
        givenTwoPartitionsBehind();
        waitFrom(START, START + MAX_HOLD - 1);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        catchUp.read(0, 1, LOG_TIME);
        waitFrom(START + MAX_HOLD, START + 2 * MAX_HOLD - 2);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        waitFrom(START + 2 * MAX_HOLD, START + 2 * MAX_HOLD + 1);
        assertThat(catchUp.readUpTo()).isEqualTo(IDLE);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsWaitedForAsLongAsTheHoldAndHeardAgainLater() {
        assigned(P0);
        waitFrom(START, START + MAX_HOLD - 1);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        catchUp.waits(START + MAX_HOLD);
        assertThat(catchUp.readUpTo()).isEqualTo(IDLE);

        catchUp.answered(answer(START + MAX_HOLD, Map.of(P0, span(0, 0))));
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + MAX_HOLD);
    }

    @Test
    void aPauseIsNotTakenForWaiting() {
        assigned(P0);

        catchUp.waits(START + 100 * MAX_HOLD);

        assertThat(catchUp.readUpTo()).isEqualTo(HELD);
    }

    @Test
    void aReaderWithoutPartitionsHasReadAllOnceAllAreGiven() {
        CatchUp third = new CatchUp(Pace.HURRIED, Duration.ofMillis(MAX_HOLD), START);
        third.asked(START);
        third.answered(answer(START, Map.of()));
        assertThat(third.readUpTo()).as("it may be given one").isEqualTo(HELD);

        third.given(2);
        assertThat(third.question(START + 200, true)).contains(new CatchUp.Question(Map.of(), false));
        third.answered(answer(START + 200, Map.of()));

        assertThat(third.readUpTo()).isEqualTo(CAUGHT_UP + 200);
    }

    @Test
    void aPartitionThatNobodyWasGivenHoldsAllReadersBack() {
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(7, 7))));
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);

        catchUp.question(START + 200, true);
        catchUp.answered(new Answer(START + 200, Map.of(P0, span(7, 8)), 3, List.of()));
        catchUp.read(0, 7, START + 10_000);
        assertThat(catchUp.readUpTo()).as("read, but perhaps not by all").isEqualTo(CAUGHT_UP);

        catchUp.given(3);
        catchUp.question(START + 200, true);
        catchUp.answered(new Answer(START + 200, Map.of(P0, span(8, 8)), 3, List.of()));
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + 200);
    }

    @Test
    void partitionsThatNobodyIsGivenAreNotWaitedForLongerThanTheHold() {
        assigned(P0);
        catchUp.answered(new Answer(START, Map.of(P0, span(7, 7)), 3, List.of()));

        waitFrom(START, START + MAX_HOLD - 1);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        waitFrom(START + MAX_HOLD - 1, START + MAX_HOLD);
        assertThat(catchUp.readUpTo()).isEqualTo(IDLE);
    }

    @Test
    void aReaderThatIsToGetPartitionsWaitsForThem() {
        catchUp.given(0);
        catchUp.asked(START);
        catchUp.answered(answer(START, Map.of()));

        waitFrom(START, START + MAX_HOLD - 1);

        assertThat(catchUp.readUpTo()).isEqualTo(HELD);
    }

    @Test
    void aLogThatWasMadeAgainIsReadFromItsBeginning() {
        assigned(P0);
        catchUp.answered(answer(START, Map.of(P0, span(7, 7))));
        catchUp.question(START + 200, true);

        catchUp.answered(answer(START + 200, Map.of(P0, new Span(0, 2, 2, true))));

        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);
        catchUp.read(0, 0, START + 50);
        catchUp.read(0, 1, START + 50);
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + 200);
    }

    @Test
    void whatIsNoRecordBeforeTheEndIsPassed() {
        assigned(P0);

        catchUp.answered(answer(START, Map.of(P0, new Span(7, 7, 9, false))));

        assertThat(catchUp.question(START + 200, true)).contains(new CatchUp.Question(Map.of(P0, 9L), false));
    }

    @Test
    void aPartitionAssignedLateIsWaitedFor() {
        catchUp.asked(START);
        catchUp.answered(answer(START, Map.of()));
        assigned(P0);
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        catchUp.answered(answer(START + 3_000, Map.of(P0, span(0, 1))));
        assertThat(catchUp.readUpTo()).isEqualTo(HELD);

        catchUp.read(0, 0, LOG_TIME);
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP + 3_000);
    }

    @Test
    void aRecordOfATimeToComeSaysNothingOfHowFarWasRead() {
        givenTwoPartitionsBehind();
        catchUp.read(0, 5, LOG_TIME);
        catchUp.read(1, 5, LOG_TIME);

        catchUp.read(0, 6, CatchUp.NEVER);
        assertThat(catchUp.readUpTo()).isEqualTo(LOG_TIME);

        catchUp.read(0, 19, CatchUp.NEVER);
        catchUp.read(1, 19, CatchUp.NEVER);
        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);
    }

    @Test
    void recordsReadBeforeTheAnswerCount() {
        assigned(P0);
        catchUp.read(0, 19, LOG_TIME);

        catchUp.answered(answer(START, Map.of(P0, span(7, 20))));

        assertThat(catchUp.readUpTo()).isEqualTo(CAUGHT_UP);
    }
}
