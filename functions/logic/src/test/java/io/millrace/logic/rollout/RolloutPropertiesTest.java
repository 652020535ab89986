package io.millrace.logic.rollout;

import static io.millrace.logic.rollout.TestRollout.defined;
import static io.millrace.logic.rollout.TestRollout.health;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutPhase;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of every roll-out, whatever comes in whatever order. {@link TestRollout} restores the state after each. */
class RolloutPropertiesTest {

    /** Something that comes. */
    private enum Happening {
        GOOD_MINUTE,
        BAD_MINUTE,
        QUIET_MINUTE,
        START,
        PAUSE,
        RESUME,
        STEP,
        PROMOTE,
        ROLL_BACK,
        EMERGENCY_STOP,
        FREEZE,
        UNFREEZE,
        CHANGED_BY_HAND,
        DELETED,
        MADE_AGAIN,
        DEFINED_AGAIN,
        FORGET
    }

    @Provide
    static Arbitrary<List<Happening>> stories() {
        Arbitrary<Happening> mostly =
                Arbitraries.of(Happening.GOOD_MINUTE, Happening.GOOD_MINUTE, Happening.QUIET_MINUTE, Happening.START);
        Arbitrary<Happening> any = Arbitraries.of(Happening.class);
        return Arbitraries.oneOf(mostly, any).list().ofMinSize(20).ofMaxSize(80);
    }

    @Property(tries = 300)
    void lawsHold(@ForAll("stories") List<Happening> story) {
        TestRollout rollout = TestRollout.of(defined(health(), 3, 10, 50, 100));
        for (Happening happening : story) {
            int percent = rollout.state.position() == null ? 0 : rollout.percent();
            RolloutPhase before = rollout.phase();
            int wanted = rollout.wanted.size();
            happen(rollout, happening);

            if (before == RolloutPhase.RUNNING && rollout.phase() == RolloutPhase.RUNNING) {
                assertThat(rollout.percent())
                        .as("while it goes on, it goes forward")
                        .isGreaterThanOrEqualTo(percent);
            }
            if (rollout.phase() == RolloutPhase.ROLLED_BACK || rollout.phase() == RolloutPhase.STOPPED) {
                assertThat(rollout.percent()).isZero();
            }
            if (rollout.state.frozen() && rollout.wanted.size() > wanted) {
                assertThat(rollout.percent())
                        .as("frozen, nobody gets it who did not have it")
                        .isLessThanOrEqualTo(percent);
            }
        }
        assertThat(rollout.wanted).extracting(WantedFlag::revision).isSorted().doesNotHaveDuplicates();
        assertThat(rollout.events)
                .extracting(event -> event.envelope().eventId())
                .doesNotHaveDuplicates();
        assertThat(rollout.events).extracting(RolloutEvent::number).isSorted();
    }

    private static void happen(TestRollout rollout, Happening happening) {
        switch (happening) {
            case GOOD_MINUTE -> {
                int fresh = rollout.state.position() == null ? 0 : 10 * rollout.percent();
                rollout.minutes(1, fresh, fresh / 100, 1_000 - fresh, (1_000 - fresh) / 100);
            }
            case BAD_MINUTE -> rollout.minutes(1, 200, 60, 800, 8);
            case QUIET_MINUTE -> rollout.pass(1);
            case CHANGED_BY_HAND -> rollout.observe(TestRollout.SIMPLE);
            case DELETED -> rollout.observe(null);
            case MADE_AGAIN -> {
                rollout.now++;
                rollout.observe(TestRollout.SIMPLE);
            }
            case DEFINED_AGAIN -> rollout.take(defined(health(), 3, 10, 50, 100));
            default -> rollout.command(Action.valueOf(happening.name()));
        }
    }
}
