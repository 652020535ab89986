package io.millrace.logic.rollout;

import static io.millrace.logic.rollout.TestRollout.MINUTE;
import static io.millrace.logic.rollout.TestRollout.defined;
import static io.millrace.logic.rollout.TestRollout.health;
import static io.millrace.logic.rollout.TestRollout.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.Position.Obstacle;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutPhase;
import org.junit.jupiter.api.Test;

/** What is measured of roll-outs: by these figures people are alerted. */
class RolloutFiguresTest {
    @Test
    void aStepThatWaitsSaysForWhatAndSinceWhen() {
        TestRollout rollout = started(defined(health(), 30, 10, 50, 100));
        assertThat(rollout.figures.obstacle()).isNull();
        assertThat(rollout.figures.waitsSince()).isZero();

        long due = rollout.now + 30 * MINUTE;
        rollout.pass(300);
        rollout.minutes(1, 1, 0, 9, 0);

        assertThat(rollout.figures.obstacle()).isEqualTo(Obstacle.NO_SIGNAL);
        assertThat(rollout.figures.waitsSince()).isEqualTo(due);

        rollout.minutes(5, 20, 0, 180, 1);
        assertThat(rollout.figures.percent()).isEqualTo(50);
        assertThat(rollout.figures.obstacle()).isNull();
        assertThat(rollout.figures.waitsSince()).isZero();
    }

    @Test
    void silenceBeginsWithTheStepAndWithEachSignalAnew() {
        TestRollout rollout = started(defined(health(), 600, 10, 100));
        assertThat(rollout.figures.silentSince()).isEqualTo(rollout.now);

        rollout.pass(60);
        rollout.minutes(1, 1, 0, 9, 0);
        assertThat(rollout.figures.silentSince()).isEqualTo(rollout.now);
        rollout.minutes(1, 0, 0, 9, 0);
        assertThat(rollout.figures.silentSince())
                .as("the old variant's requests say nothing of the new one")
                .isEqualTo(rollout.now - MINUTE);

        rollout.command(Action.PAUSE);
        assertThat(rollout.figures.silentSince()).as("paused, it is watched").isPositive();
        rollout.command(Action.ROLL_BACK);
        assertThat(rollout.figures.silentSince()).as("nobody has it").isZero();
    }

    @Test
    void whoeverIsNotWatchedIsNotSilent() {
        TestRollout rollout = started(defined(null, 600, 10, 100));

        assertThat(rollout.figures.silentSince()).isZero();
    }

    @Test
    void whatIsNotWrittenIsSeen() {
        TestRollout rollout = started(defined(null, 600, 10, 100));
        assertThat(rollout.figures.unwrittenSince()).isZero();

        rollout.follows = false;
        rollout.pass(10);
        rollout.command(Action.ROLL_BACK);
        assertThat(rollout.figures.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rollout.figures.unwrittenSince()).isEqualTo(rollout.now);

        rollout.follows = true;
        rollout.take(rollout.wish(Action.FREEZE));
        assertThat(rollout.figures.unwrittenSince()).isZero();
    }

    @Test
    void whatNobodyWantedOfAFlagIsNotMissing() {
        TestRollout rollout = started(defined(null, 1, 10, 100)).pass(10);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        rollout.take(defined("checkout-v3", null, defined(null, 1, 10, 100).steps(), null));
        rollout.observe(TestRollout.SIMPLE);
        rollout.take(rollout.wish(Action.EMERGENCY_STOP));

        assertThat(rollout.figures.unwrittenSince()).isZero();
    }
}
