package io.millrace.logic.slo;

import static io.millrace.logic.slo.Samples.INTERVAL;
import static io.millrace.logic.slo.Samples.START;
import static io.millrace.logic.slo.Samples.read;
import static io.millrace.logic.slo.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.slo.LagDecider.Effect;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloAlert.Severity;
import io.millrace.schema.slo.SloAlert.State;
import io.millrace.schema.slo.SloDefined.AlertOn;
import io.millrace.schema.slo.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagDeciderTest {
    private static final Objective BREACH = new Objective(
            "fresh",
            30_000L,
            5_000L,
            null,
            null,
            0.999,
            28,
            2,
            AlertOn.BREACH,
            Map.of("ticket", "warning"),
            "me",
            null);
    private static final Objective BURN = new Objective(
            "fresh", 30_000L, 30_000L, null, null, 0.999, 28, 10, AlertOn.BURN_RATE, Map.of(), null, null);

    @Test
    void aBreachIsOpenedOnceAndResolvedOnceThoughItFlaps() {
        Lag lag = new Lag(BREACH)
                .take(Samples.of(
                        Members.SOME,
                        "1/1*3 1/2@0 1/2@0*3 1/2@60 1/2@0 1/2@0 1/2@60 1/2@0 2/2 1/2@0 2/2*2 2/2 2/2*20"));

        assertThat(lag.alerts()).extracting(SloAlert::state).containsExactly(State.OPENED, State.RESOLVED);
        SloAlert opened = lag.alerts().get(0);
        assertThat(opened.severity()).isEqualTo(Severity.TICKET);
        assertThat(opened.label()).isEqualTo("warning");
        assertThat(opened.lagMs()).isEqualTo(50_000);
        assertThat(opened.openedAt()).isEqualTo(Instant.ofEpochMilli(START + 50_000));
        assertThat(lag.alerts().get(1).openedAt()).isEqualTo(opened.openedAt());
        assertThat(lag.alerts().get(1).number()).isEqualTo(1);
    }

    @Test
    void anAlertThatLastsIsToldOfEachHour() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/1 1/2@0*1100"));

        assertThat(lag.alerts())
                .extracting(SloAlert::state)
                .containsExactly(State.OPENED, State.STILL, State.STILL, State.STILL);
        assertThat(lag.alerts()).extracting(SloAlert::number).containsExactly(0, 1, 2, 3);
        assertThat(lag.alerts()).extracting(alert -> alert.envelope().eventId()).doesNotHaveDuplicates();
    }

    @Test
    void aBudgetThatGoesTooFastIsPagedAndResolvedOnceItDoesNot() {
        // Of an hour, 52 s too late are 14.4 times what there is.
        Lag lag = new Lag(BURN).take(Samples.of(Members.SOME, "1/1*360 1/2@3600*6"));
        assertThat(lag.alerts()).isEmpty();
        lag.take(Samples.of(Members.SOME, "_*366 1/2@3600*6"));
        assertThat(pages(lag)).extracting(SloAlert::state).containsExactly(State.OPENED);

        lag.take(Samples.of(Members.SOME, "_*372 2/2*240"));

        assertThat(pages(lag)).extracting(SloAlert::state).containsExactly(State.OPENED, State.RESOLVED);
    }

    @Test
    void aGroupThatComesUpLateHasNotUsedUpTheBudgetOfDays() {
        Lag lag = new Lag(BURN).take(Samples.of(Members.SOME, "1/1 1/2@0*8 2/2*240"));

        assertThat(lag.alerts()).isEmpty();
    }

    private static List<SloAlert> pages(Lag lag) {
        return lag.alerts().stream()
                .filter(alert -> alert.severity() == Severity.PAGE)
                .toList();
    }

    @Test
    void fewSamplesWakeNobody() {
        Lag lag = new Lag(BURN).take(Samples.of(Members.SOME, "1/1 1/2@0*9"));
        assertThat(lag.alerts()).as("nine intervals were observed").isEmpty();

        lag.take(Samples.of(Members.SOME, "_*10 1/2@0"));
        assertThat(lag.alerts()).extracting(SloAlert::state).containsOnly(State.OPENED);
    }

    @Test
    void timeThatNobodySawIsNeitherGoodNorBad() {
        Lag lag = new Lag(BURN).take(Samples.of(Members.SOME, "1/1*7 _*30 1/1*7"));

        Budget.Sum hour = lag.state.objectives().get("fresh").budget().last(3_600_000, START + 43 * INTERVAL);
        assertThat(hour.goodMs()).isEqualTo(14 * INTERVAL);
        assertThat(hour.badMs()).isZero();
        assertThat(hour.unobservedMs()).isEqualTo(43 * INTERVAL - hour.goodMs());
    }

    @Test
    void withoutSamplesNobodyKnows() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/1*4"));
        long last = START + 3 * INTERVAL;

        lag.until(last + 3 * INTERVAL - 1);
        assertThat(lag.state.verdict()).isEqualTo(Verdict.OK);
        lag.until(last + 3 * INTERVAL);
        assertThat(lag.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(lag.status().since()).isEqualTo(Instant.ofEpochMilli(last + 3 * INTERVAL));

        lag.take(sample(last + 9 * INTERVAL, Members.SOME, "id-1", List.of(read(0, 1, 1))));
        assertThat(lag.status().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void whatWasNotSeenForADayIsForgotten() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/2@0*20"));
        lag.until(START + 100_000_000);

        assertThat(lag.state).isNull();
        assertThat(lag.alerts()).extracting(SloAlert::state).containsExactly(State.OPENED, State.RESOLVED);
        assertThat(lag.commands.get(lag.commands.size() - 1).isGone()).isTrue();
    }

    @Test
    void whyTheBrokerDoesNotSayIsToldWithTheBlindness() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/1*4"));
        assertThat(lag.take(Samples.unobserved(START + 4 * INTERVAL, "no answer")))
                .isEqualTo(Effect.UNOBSERVED);
        lag.until(START + 10 * INTERVAL);

        assertThat(lag.status().problem()).isEqualTo("no answer");
        assertThat(lag.status().verdict()).isEqualTo(Verdict.BLIND);
    }

    @Test
    void aGroupThatIsGoneIsForgottenAndItsAlertsAreResolved() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/2@0*20"));
        assertThat(lag.take(Samples.gone(START + 20 * INTERVAL))).isEqualTo(Effect.GONE);

        assertThat(lag.state).isNull();
        assertThat(lag.alerts()).extracting(SloAlert::state).containsExactly(State.OPENED, State.RESOLVED);
        assertThat(lag.alerts().get(1).reason()).isEqualTo("the group is gone");
    }

    @Test
    void anObjectiveThatDoesNotCountAnyMoreIsResolved() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "1/2@0*20"));
        lag.take(
                sample(START + 20 * INTERVAL, Members.SOME, "id-1", List.of(read(0, 1, 2))),
                List.of(Objective.DEFAULT));

        assertThat(lag.alerts().get(1).state()).isEqualTo(State.RESOLVED);
        assertThat(lag.state.objectives()).containsOnlyKeys("default");
    }

    @Test
    void aPartitionInWhichNothingWasCommittedCountsWhenItCameLater() {
        LagSampled.Partition unread = new LagSampled.Partition(1, null, 0L, 40, Samples.second(0), false);
        Lag lag = new Lag(BREACH);
        lag.take(sample(START, Members.SOME, "id-1", List.of(read(0, 1, 1), unread)));
        assertThat(lag.state.lagRecords()).as("it is not this group's").isZero();

        LagSampled.Partition added = new LagSampled.Partition(2, null, 0L, 7, Samples.second(5), false);
        lag.take(sample(START + INTERVAL, Members.SOME, "id-1", List.of(read(0, 1, 1), unread, added)));
        assertThat(lag.state.lagRecords()).isEqualTo(7);
        assertThat(lag.status().partitions().get(0).committed()).isNull();
    }

    @Test
    void aGroupThatIsStartedAnewIsLeftInPeaceThoughItCommitsRarely() {
        Lag lag = new Lag(BREACH).take(Samples.of(Members.SOME, "0/10@0*6 10/20@55*6 20/30@115*6 30/40@175*3"));
        lag.take(Samples.of(Members.NONE, "_*21 30/40@175*4"));
        assertThat(lag.state.verdict()).isEqualTo(Verdict.OK);

        lag.take(Samples.of(Members.NONE, "_*25 30/40@175"));
        assertThat(lag.state.verdict()).isEqualTo(Verdict.STOPPED);
    }

    @Test
    void aLookInPartsCountsOnceItIsWhole() {
        Lag lag = new Lag(BREACH);
        assertThat(lag.take(sample(START, Members.SOME, "id-1", 0, 2, 2, List.of(read(0, 1, 3)))))
                .isEqualTo(Effect.PART);
        assertThat(lag.commands).isEmpty();
        assertThat(lag.take(sample(START, Members.SOME, "id-1", 1, 2, 2, List.of(read(1, 1, 4)))))
                .isEqualTo(Effect.SAMPLED);
        assertThat(lag.state.lagRecords()).isEqualTo(5);

        lag.take(sample(START + INTERVAL, Members.SOME, "id-1", 0, 1, 1, List.of(read(0, 1, 3))));
        assertThat(lag.state.lagRecords())
                .as("the other partition is not read any more")
                .isEqualTo(2);
    }

    @Test
    void whenRetentionIsGoingToDeleteWhatIsUnreadIsForeseen() {
        // An hour is kept.
        Lag stopped = new Lag(BREACH).take(Samples.of(Members.SOME, "1/9@0*60"));
        assertThat(stopped.status().unreadDeletedAt()).isEqualTo(Samples.second(3_600));

        Lag reads = new Lag(BREACH).take(Samples.of(Members.SOME, "1/9@0*30 9/9"));
        assertThat(reads.status().unreadDeletedAt()).isNull();
    }

    @Test
    void howTheBudgetWentIsShown() {
        Lag lag = new Lag(BURN).take(Samples.of(Members.SOME, "1/1*60 1/2@595*70 2/2*60"));

        assertThat(lag.status().objectives().get(0).history()).first().isEqualTo(1_000);
        assertThat(lag.status().objectives().get(0).history()).isSortedAccordingTo((a, b) -> b - a);
        assertThat(lag.status().objectives().get(0).badSeconds()).isBetween(600L, 700L);
        assertThat(lag.status().objectives().get(0).budgetLeft()).isBetween(0.7, 0.8);
        assertThat(lag.status().objectives().get(0).budgetEndsAt()).isNotNull();
    }
}
