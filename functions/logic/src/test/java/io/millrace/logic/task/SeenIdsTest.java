package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    private final History history = new History().at("09:00").created("t-1");

    @Test
    void anIdIsADuplicateForTheWindowOfLogTime() {
        history.withId(History.id(500)).updated("t-1", "'title':'A'");

        history.at("12-02 09:00").withId(History.id(500)).updated("t-1", "'title':'B'");
        assertThat(history.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(history.view("t-1").fields().title()).isEqualTo("A");

        history.at(History.millis("12-02 09:00") + 1).withId(History.id(500)).updated("t-1", "'title':'C'");
        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void anEventWithoutEffectIsRemembered() {
        history.withId(History.id(500)).reopened("t-1").completed("t-1");

        assertThat(history.withId(History.id(500)).reopened("t-1").outcome()).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void aDuplicateOfAWaitingEvent() {
        History waiting = new History().at("09:00").completed("t-1");

        waiting.again(waiting.records().get(0));

        assertThat(waiting.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(waiting.state().waiting()).hasSize(1);
    }

    @Test
    void theStateAfterADuplicateIsTheSameWhoeverLetTheMomentPass() {
        History byTimer =
                new History().at("09:00").withId(History.id(500)).created("t-1", "'due_at':'2026-12-01T10:00:00Z'");
        History byDuplicate =
                new History().at("09:00").withId(History.id(500)).created("t-1", "'due_at':'2026-12-01T10:00:00Z'");

        byTimer.at("11:00").again(byTimer.records().get(0));
        byDuplicate.withoutTimers().at("11:00").again(byDuplicate.records().get(0));

        assertThat(byDuplicate.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(byDuplicate.news("remind")).hasSize(1);
        assertThat(byDuplicate.state()).isEqualTo(byTimer.state());
    }

    @Test
    void aRejectedEventWorksWhenItIsPutBack() {
        history.completed("t-1").snoozed("t-1", 10);
        assertThat(history.outcome()).isEqualTo(Outcome.REJECTED);

        history.reopened("t-1").again(history.records().get(2));

        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void anEventThatWaitedInVainWorksWhenItIsPutBack() {
        History waiting = new History().at("09:00").completed("t-1").at("09:06");
        assertThat(waiting.news()).containsExactly("reject unknown_task @0");
        assertThat(waiting.state()).isNull();

        waiting.created("t-1").again(waiting.records().get(0));

        assertThat(waiting.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void idsOverflowAndAreStillKnown() {
        for (int i = 0; i < 200; i++) {
            history.at(History.millis("10:00") + i * 1000L)
                    .withId(History.id(1000 + i))
                    .updated("t-1", "'title':'T" + i + "'");
        }

        assertThat(history.state().recent().size()).isLessThanOrEqualTo(64);
        assertThat(history.overflowed().size() + history.state().recent().size())
                .isEqualTo(201);
        for (int i = 0; i < 200; i++) {
            history.withId(History.id(1000 + i)).updated("t-1", "'title':'again'");
            assertThat(history.outcome()).isEqualTo(Outcome.DUPLICATE);
        }
        history.withId(History.id(5000)).updated("t-1", "'title':'new'");
        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void overflowedIdsAreForgottenWithinTheWindowAndItsSlack() {
        for (int i = 0; i < 200; i++) {
            history.at(History.millis("10:00") + i * 60_000L).updated("t-1", "'title':'T" + i + "'");
        }
        history.at("12-02 10:30").again(history.records().get(1));
        assertThat(history.outcome())
                .as("its window is over, though it is still kept")
                .isEqualTo(Outcome.APPLIED);

        history.at("12-02 20:00");

        assertThat(history.overflowed()).isEmpty();
        assertThat(history.state().nextWake(TaskSettings.DEFAULTS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aClosedSeriesWithOverflowedIdsIsForgottenInTheEnd() {
        for (int i = 0; i < 100; i++) {
            history.updated("t-1", "'title':'T" + i + "'");
        }
        history.deleted("t-1").at("12-04 09:00");

        assertThat(history.state()).isNull();
        assertThat(history.overflowed()).isEmpty();
    }

    @Test
    void theSmallestWindowEnds() {
        Duration tiny = Duration.ofMillis(1);
        History brief =
                new History(new TaskSettings(tiny, tiny, tiny)).at("09:00").created("t-1");
        for (int i = 0; i < 100; i++) {
            brief.updated("t-1", "'title':'T" + i + "'");
        }

        assertThat(brief.completed("t-1").at("10:00").state()).isNull();
    }

    @Test
    void logTimeThatRunsBackCountsAsTheLatest() {
        history.at("12:00").updated("t-1", "'due_at':'2026-12-01T12:00:01Z'");

        history.withoutTimers().at("10:00").updated("t-1", "'title':'B','due_at':'2026-12-01T11:00:00Z'");

        assertThat(history.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history.state().clock()).isEqualTo(History.millis("12:00"));
        assertThat(history.view("t-1").updatedAt()).isEqualTo(History.millis("12:00"));
        // 11:00 lies between its occurrence, 10:00, and the log's 12:00.
        assertThat(history.news("remind")).containsExactly("remind t-1 12-01 11:00 -0");
    }
}
