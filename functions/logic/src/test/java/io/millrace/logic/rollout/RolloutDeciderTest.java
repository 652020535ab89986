package io.millrace.logic.rollout;

import static io.millrace.logic.rollout.TestRollout.MINUTE;
import static io.millrace.logic.rollout.TestRollout.defined;
import static io.millrace.logic.rollout.TestRollout.health;
import static io.millrace.logic.rollout.TestRollout.started;
import static io.millrace.logic.rollout.TestRollout.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.logic.rollout.Position.Obstacle;
import io.millrace.logic.rollout.RolloutDecider.Effect;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Audience;
import io.millrace.schema.rollout.RolloutDefined.Dependency;
import io.millrace.schema.rollout.RolloutDefined.Health;
import io.millrace.schema.rollout.RolloutDefined.Limits;
import io.millrace.schema.rollout.RolloutDefined.Metric;
import io.millrace.schema.rollout.RolloutDefined.MetricKind;
import io.millrace.schema.rollout.RolloutDefined.Source;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutEvent.Kind;
import io.millrace.schema.rollout.RolloutPhase;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutDeciderTest {

    @Test
    void byTimeAloneItGoesStepByStepToEverybody() {
        TestRollout rollout = started(defined(null, 60, 10, 50, 100));

        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.pass(59).percent()).isEqualTo(10);
        assertThat(rollout.pass(1).percent()).isEqualTo(50);
        rollout.pass(120);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(rollout.wanted).extracting(WantedFlag::percent).containsExactly(10, 50, 100, 100);
        assertThat(rollout.wanted).extracting(WantedFlag::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rollout.kinds())
                .containsExactly(Kind.DEFINED, Kind.STARTED, Kind.STEPPED, Kind.STEPPED, Kind.STEPPED, Kind.COMPLETED);
        assertThat(rollout.events).extracting(RolloutEvent::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aReleaseThatIsNoWorseGoesToEverybody() {
        TestRollout rollout = started(defined(health(), 30, 10, 50, 100))
                .minutes(30, 20, 0, 180, 2)
                .minutes(30, 100, 1, 100, 1)
                .minutes(40, 200, 2, 0, 0);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(rollout.percent()).isEqualTo(100);
    }

    @Test
    void aWorseReleaseIsTakenBackWithItsFigures() {
        TestRollout rollout = started(defined(health(), 60, 10, 100)).minutes(30, 20, 3, 180, 2);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rollout.wanted.get(rollout.wanted.size() - 1).percent()).isZero();
        assertThat(rollout.last()).satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.ROLLED_BACK);
            assertThat(event.percentBefore()).isEqualTo(10);
            assertThat(event.percent()).isZero();
            assertThat(event.reason()).startsWith("errors: ").contains("requests with \"new\"");
            assertThat(event.evidence().get(0).wealth())
                    .isGreaterThanOrEqualTo(event.evidence().get(0).needed());
            assertThat(event.evidence().get(0).ratio()).isBetween(10.0, 25.0);
        });
        assertThat(rollout.statuses.get(rollout.statuses.size() - 1).path()).isNotEmpty();
    }

    @Test
    void beforeThereAreEnoughRequestsNothingIsDecided() {
        Health health = new Health(List.of(new Source("service", null)), List.of(), null, 1_000, 0, null, null);
        TestRollout rollout = started(defined(health, 600, 10, 100)).minutes(20, 20, 10, 180, 0);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        rollout.minutes(40, 20, 10, 180, 0);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void noSignalIsNotHealth() {
        TestRollout rollout = started(defined(health(), 30, 10, 50, 100)).pass(300);

        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.last().kind()).isEqualTo(Kind.WAITS);
        assertThat(rollout.state.position().obstacle()).isEqualTo(Obstacle.NO_SIGNAL);

        rollout.minutes(5, 20, 0, 180, 1);
        assertThat(rollout.percent()).isEqualTo(50);
    }

    @Test
    void signalsThatHaveStoppedAreNotHealthEither() {
        TestRollout rollout = started(defined(health(), 30, 10, 50, 100)).minutes(10, 20, 0, 180, 1);
        rollout.pass(60);

        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.state.position().waits()).startsWith("no signal of the new variant came since");
    }

    @Test
    void withoutTrafficOfTheOldVariantThereIsNothingToCompareWith() {
        TestRollout rollout = started(defined(health(), 10, 10, 50, 100)).minutes(30, 20, 5, 0, 0);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.state.position().waits()).contains("with the old variant");
    }

    @Test
    void whatIsOnItsWayToARollBackGoesToNobodyElse() {
        TestRollout rollout = started(defined(health(), 3, 10, 50, 100)).minutes(3, 20, 1, 180, 0);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollout.state.position().obstacle()).isEqualTo(Obstacle.SUSPICION);
        rollout.minutes(60, 20, 0, 180, 1);
        assertThat(rollout.percent()).isGreaterThan(10);
    }

    @Test
    void aMetricOfWhichFewerAreWorseIsFound() {
        Metric orders = new Metric("orders", MetricKind.EVENT, "order_placed", null, null, true);
        TestRollout rollout = started(defined(health(null, orders), 600, 20, 100));
        for (int i = 0; i < 60; i++) {
            rollout.minute(counting("new", 200, 4), counting("old", 800, 80));
        }

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rollout.last().reason()).startsWith("orders: ");
    }

    private static Variant counting(String name, long requests, long orders) {
        return new Variant(name, requests, 0, List.of(), Map.of("order_placed", orders), 0, 0, 0, 0);
    }

    @Test
    void aSlowerTailIsFoundThoughMostRequestsAreAsFast() {
        TestRollout rollout = started(defined(health(), 600, 20, 100));
        for (int i = 0; i < 60 && rollout.phase() == RolloutPhase.RUNNING; i++) {
            rollout.minute(taking("new", 90, 10), taking("old", 388, 12));
        }

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rollout.last().reason()).startsWith("latency: ").contains(" ms");
    }

    /** So many requests of 100 ms, and so many of 400. */
    private static Variant taking(String name, long fast, long slow) {
        return new Variant(name, fast + slow, 0, List.of(234L, fast, 304L, slow), Map.of(), 0, 0, 0, 0);
    }

    @Test
    void aLimitHoldsWhateverTheOtherVariantDoes() {
        Health health = health(new Limits(0.1, null, null, 5, null));
        TestRollout rollout = started(defined(health, 600, 50, 100)).minutes(5, 100, 20, 100, 20);

        assertThat(rollout.phase()).as("the latest may not be whole").isEqualTo(RolloutPhase.RUNNING);
        rollout.minutes(1, 100, 20, 100, 20);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rollout.last().reason())
                .startsWith("limit: more than 0.1 of the requests failed for 5 minutes in a row");
    }

    @Test
    void oneGoodMinuteBeginsALimitAnew() {
        Health health = health(new Limits(0.1, null, null, 5, null));
        TestRollout rollout = started(defined(health, 600, 50, 100))
                .minutes(4, 100, 20, 100, 20)
                .minutes(1, 100, 5, 100, 5)
                .minutes(5, 100, 20, 100, 20);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
    }

    @Test
    void aMinuteWithTooFewRequestsSaysNothingOfALimit() {
        Health health = health(new Limits(0.1, null, null, 5, null));
        TestRollout rollout = started(defined(health, 600, 50, 100)).minutes(60, 5, 5, 5, 5);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
    }

    @Test
    void limitsOfLatencyHold() {
        for (Limits limits : List.of(new Limits(null, 500L, null, 5, null), new Limits(null, null, 1_000L, 5, null))) {
            TestRollout rollout = started(defined(health(limits), 600, 50, 100));
            for (int i = 0; i < 6; i++) {
                // Bins of 400 ms and 1,500 ms.
                rollout.minute(
                        new Variant("new", 200, 0, List.of(304L, 180L, 371L, 20L), Map.of(), 0, 0, 0, 0),
                        new Variant("old", 200, 0, List.of(304L, 180L, 371L, 20L), Map.of(), 0, 0, 0, 0));
            }

            assertThat(rollout.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
            assertThat(rollout.last().reason()).contains("% of the requests took more than");
        }
    }

    @Test
    void checksThatFailInARowAreCountedFromMinuteToMinute() {
        Health health = health(new Limits(null, null, null, null, 5));
        TestRollout rollout = started(defined(health, 600, 50, 100));

        rollout.minute(checked(4, 0, 3, 3));
        rollout.minute(checked(3, 1, 2, 2));
        assertThat(rollout.phase()).as("three, one more; then a pass, and two").isEqualTo(RolloutPhase.RUNNING);
        rollout.minute(checked(2, 2, 2, 2));
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        rollout.minute(checked(2, 1, 0, 1));
        assertThat(rollout.phase()).as("two, two, and one").isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    private static Variant checked(long checks, long first, long last, long longest) {
        return new Variant("new", 0, 0, List.of(), Map.of(), checks, first, last, longest);
    }

    @Test
    void whoIsNotNamedIsNotHeard() {
        TestRollout rollout = started(defined(health(), 600, 50, 100));
        HealthCounted counted = rollout.counted("stranger", variant("new", 1_000, 1_000), variant("old", 1_000, 0));

        assertThat(rollout.take(counted)).isEqualTo(Effect.IGNORED);
    }

    @Test
    void noSourceHasMoreWeightThanItsDefinitionGivesIt() {
        Health health = new Health(List.of(new Source("service", 100L)), List.of(), null, 50, 0, null, null);
        TestRollout rollout = started(defined(health, 600, 50, 100)).minutes(1, 5_000_000, 40_000, 5_000_000, 10_000);

        assertThat(rollout.phase()).as("a hundred requests say little").isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollout.last().evidence()).isNotNull();
        assertThat(rollout.state.watch().metrics().get(0).newRequests()).isCloseTo(50, within(1e-6));
    }

    @Test
    void whatComesAgainIsNotCountedAgain() {
        TestRollout rollout = started(defined(health(), 600, 50, 100));
        HealthCounted counted = rollout.counted("service", variant("new", 10, 1), variant("old", 10, 1));

        assertThat(rollout.take(counted)).isEqualTo(Effect.APPLIED);
        assertThat(rollout.take(counted)).isEqualTo(Effect.STALE);
        RolloutCommand pause = rollout.wish(Action.PAUSE);
        assertThat(rollout.take(pause)).isEqualTo(Effect.APPLIED);
        assertThat(rollout.take(pause)).isEqualTo(Effect.STALE);
        assertThat(rollout.take(rollout.state.defined())).isEqualTo(Effect.STALE);
    }

    @Test
    void signalsOfAStepThatIsNotWarmAreNoEvidence() {
        Health health = new Health(List.of(new Source("service", null)), List.of(), null, 50, 600, null, null);
        TestRollout rollout = started(defined(health, 600, 50, 100)).minutes(10, 100, 50, 100, 1);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollout.state.watch().newSinceStep()).isZero();
    }

    @Test
    void aShareThatIsNotWhatTheFlagSaysHoldsItUp() {
        TestRollout rollout = started(defined(health(), 30, 10, 50, 100)).minutes(60, 100, 1, 100, 1);

        assertThat(rollout.kinds()).contains(Kind.SAMPLE_RATIO);
        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.state.position().obstacle()).isEqualTo(Obstacle.SAMPLE_RATIO);
    }

    @Test
    void aPausedRollOutIsWatchedAndGoesOnWhenItIsResumed() {
        TestRollout rollout = started(defined(null, 30, 10, 50, 100));
        rollout.command(Action.PAUSE);
        assertThat(rollout.pass(120).percent()).isEqualTo(10);
        rollout.command(Action.RESUME);
        assertThat(rollout.percent()).isEqualTo(50);

        TestRollout watched = started(defined(health(), 600, 50, 100));
        watched.command(Action.PAUSE);
        watched.minutes(30, 100, 30, 100, 1);
        assertThat(watched.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void whoeverIsFrozenGoesBackButNotForward() {
        TestRollout rollout = started(defined(null, 30, 10, 50, 100));
        rollout.command(Action.FREEZE);
        assertThat(rollout.pass(120).percent()).isEqualTo(10);
        assertThat(rollout.command(Action.STEP)).isEqualTo(Effect.REFUSED);
        assertThat(rollout.command(Action.PROMOTE)).isEqualTo(Effect.REFUSED);
        rollout.command(Action.UNFREEZE);
        assertThat(rollout.percent()).isEqualTo(50);
        rollout.command(Action.FREEZE);
        rollout.command(Action.ROLL_BACK);
        assertThat(rollout.percent()).isZero();
        assertThat(rollout.command(Action.START)).isEqualTo(Effect.REFUSED);
    }

    @Test
    void itGoesForwardOnlyInItsWindows() {
        RolloutDefined defined = TestRollout.with(
                defined(null, 60, 10, 50, 100), "Mon-Thu 08:00-18:00, Fri 08:00-12:00", "Europe/Paris", List.of());
        TestRollout rollout = started(defined).pass(9 * 24 * 60);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(rollout.events)
                .filteredOn(event -> event.kind() == Kind.STEPPED)
                .allSatisfy(event -> {
                    Instant at = event.envelope().occurredAt();
                    assertThat(at.atZone(ZoneId.of("Europe/Paris")).getHour()).isBetween(8, 18);
                    assertThat(at.atZone(ZoneOffset.UTC).getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
                });
    }

    @Test
    void aManualStepWaitsForSomebody() {
        RolloutDefined defined = defined(
                "checkout-v2", Strategy.PROGRESSIVE, List.of(new Step(10, 60, true), new Step(100, 0, false)), null);
        TestRollout rollout = started(defined).pass(600);

        assertThat(rollout.percent()).isEqualTo(10);
        assertThat(rollout.state.position().obstacle()).isEqualTo(Obstacle.MANUAL);
        rollout.command(Action.STEP);
        assertThat(rollout.percent()).isEqualTo(100);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
    }

    @Test
    void itWaitsForTheFlagsThatItDependsOn() {
        RolloutDefined defined =
                TestRollout.with(defined(null, 60, 100), null, null, List.of(new Dependency("payments", "v2")));
        TestRollout rollout = started(defined);

        assertThat(rollout.percent()).isZero();
        rollout.serves("payments", "v1");
        assertThat(rollout.state.position().obstacle()).isEqualTo(Obstacle.DEPENDENCY);
        rollout.serves("payments", "v2");
        assertThat(rollout.percent()).isEqualTo(100);
    }

    @Test
    void aCanaryGoesToItsAudienceFirst() {
        RolloutDefined defined = TestRollout.forAudience(
                defined("checkout-v2", Strategy.CANARY, List.of(), null),
                new Audience("email", List.of("ann@example.com")));
        TestRollout rollout = started(defined);

        assertThat(rollout.percent()).isZero();
        assertThat(rollout.definition).contains("ann@example.com").contains("[\"new\",0]");
        rollout.pass(25 * 60);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(rollout.definition).doesNotContain("ann@example.com").contains("[\"new\",100]");
    }

    @Test
    void blueGoesGreenWhenSomebodySaysSo() {
        TestRollout rollout = started(defined("checkout-v2", Strategy.BLUE_GREEN, List.of(), null))
                .pass(10_000);

        assertThat(rollout.percent()).isZero();
        rollout.command(Action.STEP);
        assertThat(rollout.percent()).isEqualTo(100);
        rollout.command(Action.ROLL_BACK);
        assertThat(rollout.percent()).isZero();
    }

    @Test
    void aFlagIsInTheHandsOfOneRollOutAtATime() {
        TestRollout rollout = started(defined(null, 60, 10, 100));
        RolloutDefined other = defined("checkout-v3", Strategy.ALL_AT_ONCE, List.of(), null);

        assertThat(rollout.take(other)).isEqualTo(Effect.REFUSED);
        assertThat(rollout.last().rollout()).isEqualTo("checkout-v3");
        assertThat(rollout.last().reason()).contains("in the hands of roll-out \"checkout-v2\", which is running");
        assertThat(rollout.percent()).isEqualTo(10);
    }

    @Test
    void aFlagThatIsDeletedEndsItsRollOut() {
        TestRollout rollout = started(defined(null, 60, 10, 100));
        rollout.observe(null);

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.ABORTED);
        assertThat(rollout.pass(600).wanted).hasSize(1);
    }

    @Test
    void aFlagThatIsNotThereYetIsWaitedFor() {
        TestRollout rollout = new TestRollout();
        rollout.take(defined(null, 60, 10, 100));
        rollout.command(Action.START);
        assertThat(rollout.wanted).isEmpty();
        assertThat(rollout.state.position().waits()).isEqualTo("there is no such flag");

        rollout.observe("{\"state\":\"ENABLED\",\"variants\":{\"a\":1}}");
        assertThat(rollout.state.position().waits()).isEqualTo("the flag has no variant \"new\"");
        rollout.observe(TestRollout.SIMPLE);
        assertThat(rollout.percent()).isEqualTo(10);
    }

    @Test
    void whatSomebodyElseDoesToTheFlagPausesIt() {
        TestRollout rollout = started(defined(null, 60, 10, 50, 100));
        rollout.now += MINUTE;
        rollout.observe(
                rollout.definition.replace("[\"new\",10]", "[\"new\",40]").replace("90]", "60]"));

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rollout.last().reason()).startsWith("somebody else has changed the flag");
        rollout.command(Action.RESUME);
        assertThat(rollout.definition).contains("[\"new\",10]");
    }

    @Test
    void whatStillStandsInTheLogWhileItsOwnChangeIsUnderWayIsNobodysChange() {
        TestRollout rollout = started(defined(null, 60, 10, 50, 100));
        rollout.follows = false;
        rollout.pass(60);
        String before = rollout.definition;
        rollout.observe(before.replace("\"state\"", "\"$comment\":\"x\",\"state\""));

        assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollout.percent()).isEqualTo(50);
    }

    @Test
    void whereTheLogOfFlagsIsAheadItIsRight() {
        TestRollout old = started(defined(null, 60, 10, 50, 100));
        TestRollout ahead = started(defined(null, 60, 10, 50, 100)).pass(60);
        old.now += 60 * MINUTE - 1;
        old.follows = false;
        old.observe(ahead.definition);

        assertThat(old.percent()).isEqualTo(50);
        assertThat(old.last().kind()).isEqualTo(Kind.FOUND);
        assertThat(old.wanted).as("nothing is written for that").hasSize(1);
        old.follows = true;
        assertThat(old.pass(61).percent()).isEqualTo(100);
        assertThat(old.wanted).extracting(WantedFlag::revision).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoeverBeginsWithoutStateGoesOnWhereTheFlagIs() {
        TestRollout lost = started(defined(null, 60, 10, 50, 100)).pass(60);
        for (boolean isFlagFirst : List.of(true, false)) {
            TestRollout rollout = new TestRollout();
            if (isFlagFirst) {
                rollout.observe(lost.definition);
            }
            rollout.take(defined(null, 60, 10, 50, 100));
            if (!isFlagFirst) {
                rollout.observe(lost.definition);
            }

            assertThat(rollout.phase()).isEqualTo(RolloutPhase.RUNNING);
            assertThat(rollout.percent()).isEqualTo(50);
            assertThat(rollout.wanted).isEmpty();
            assertThat(rollout.pass(60).percent()).isEqualTo(100);
            assertThat(rollout.wanted.get(0).revision()).isGreaterThan(lost.state.revision());
        }
    }

    @Test
    void whatWasStoppedBeginsOnlyWhenSomebodyHasResumedIt() {
        TestRollout rollout = started(defined(null, 60, 10, 100));
        rollout.command(Action.EMERGENCY_STOP);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.STOPPED);
        assertThat(rollout.percent()).isZero();
        assertThat(rollout.command(Action.START)).isEqualTo(Effect.REFUSED);
        rollout.command(Action.RESUME);
        rollout.command(Action.START);
        assertThat(rollout.percent()).isEqualTo(10);
    }

    @Test
    void whoeverStopsAllStopsWhatIsUnderWay() {
        TestRollout running = started(defined(null, 60, 10, 100));
        TestRollout completed = started(defined(null, 60, 100)).pass(60);
        for (TestRollout rollout : List.of(running, completed)) {
            RolloutCommand wish = rollout.wish(Action.EMERGENCY_STOP);
            rollout.take(new RolloutCommand(
                    wish.envelope(), RolloutCommand.ALL, wish.action(), "ann", null, TestRollout.FLAG));
        }

        assertThat(running.phase()).isEqualTo(RolloutPhase.STOPPED);
        assertThat(completed.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(completed.percent()).isEqualTo(100);
    }

    @Test
    void promotedIsEverybodyWhateverIsDue() {
        TestRollout rollout = started(defined(health(), 60, 10, 50, 100));
        rollout.command(Action.PROMOTE);

        assertThat(rollout.percent()).isEqualTo(100);
        assertThat(rollout.phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(rollout.last().by()).isEqualTo("ann");
    }

    @Test
    void whatHasEndedCanBeForgottenAndItsRevisionsGoOn() {
        TestRollout rollout = started(defined(null, 60, 10, 100));
        assertThat(rollout.command(Action.FORGET)).isEqualTo(Effect.REFUSED);
        rollout.command(Action.ROLL_BACK);
        long revision = rollout.state.revision();
        rollout.command(Action.FORGET);
        assertThat(rollout.state.defined()).isNull();
        assertThat(rollout.minute(variant("new", 1, 0))).isEqualTo(Effect.IGNORED);

        rollout.take(defined("checkout-v3", Strategy.ALL_AT_ONCE, List.of(), null));
        rollout.command(Action.START);
        assertThat(rollout.wanted.get(rollout.wanted.size() - 1).revision()).isGreaterThan(revision);
    }

    @Test
    void whoeverIsPlannedAndNotStartedTouchesNothing() {
        TestRollout rollout = TestRollout.of(defined(health(), 60, 10, 100));
        for (Action action : List.of(Action.PAUSE, Action.STEP, Action.PROMOTE, Action.ROLL_BACK)) {
            assertThat(rollout.command(action)).isEqualTo(Effect.REFUSED);
        }
        rollout.command(Action.EMERGENCY_STOP);

        assertThat(rollout.wanted).isEmpty();
    }

    @Test
    void aCommandOfAnotherRollOutIsRefused() {
        TestRollout rollout = started(defined(null, 60, 10, 100));
        RolloutCommand wish = rollout.wish(Action.ROLL_BACK);
        RolloutCommand other =
                new RolloutCommand(wish.envelope(), "checkout-v9", Action.ROLL_BACK, "ann", null, TestRollout.FLAG);

        assertThat(rollout.take(other)).isEqualTo(Effect.REFUSED);
        assertThat(rollout.percent()).isEqualTo(10);
    }

    @Test
    void whatIsRememberedDoesNotGrowWithTime() {
        TestRollout rollout = started(defined(health(), 100_000, 50, 100)).minutes(200, 100, 1, 100, 1);
        int size = rollout.state.watch().path().points().size();
        rollout.minutes(400, 100, 1, 100, 1);

        assertThat(size).isLessThanOrEqualTo(60);
        assertThat(rollout.state.watch().path().points().size()).isLessThanOrEqualTo(60);
        assertThat(rollout.state.watch().recent().size()).isLessThanOrEqualTo(61);
        IntStream.range(0, 100).forEach(i -> rollout.command(Action.FREEZE));
        assertThat(rollout.state.seen().size()).isLessThanOrEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(RolloutLifecycle.Move.class)
    void everyMoveLeadsSomewhere(RolloutLifecycle.Move move) {
        assertThat(RolloutPhase.values())
                .anyMatch(phase -> RolloutLifecycle.answer(phase, move).applies());
    }
}
