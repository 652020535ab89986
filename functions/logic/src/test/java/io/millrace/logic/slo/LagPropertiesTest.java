package io.millrace.logic.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloDefined.AlertOn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of samples whatever they are, however often they come. */
class LagPropertiesTest {
    private static final Objective BREACH =
            new Objective("fresh", 20_000L, 5_000L, null, null, 0.99, 1, 1, AlertOn.BREACH, Map.of(), null, null);

    /** Each number is a look: whether there was one, how far it came, and whether something is unread. */
    private static List<LagSampled> samples(List<Integer> looks) {
        List<LagSampled> samples = new ArrayList<>();
        long at = Samples.START;
        long committed = 100;
        for (int look : looks) {
            at += Samples.INTERVAL * (1 + look % 4);
            committed += look % 3 - (look % 17 == 0 ? 20 : 0);
            long end = committed + look % 2 * 5;
            Instant first = Instant.ofEpochMilli(at - look * 500L);
            samples.add(Samples.sample(
                    at,
                    Members.values()[look % 3],
                    "id",
                    List.of(new LagSampled.Partition(0, committed, null, end, end > committed ? first : null, false))));
        }
        return samples;
    }

    @Property(tries = 300)
    void samplesThatComeAgainOrTooLateChangeNothing(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 200) Integer> looks, @ForAll long seed) {
        Lag once = new Lag(BREACH).take(samples(looks));
        Lag again = new Lag(BREACH);
        Random random = new Random(seed);
        List<LagSampled> taken = new ArrayList<>();
        for (LagSampled sample : samples(looks)) {
            again.take(sample);
            taken.add(sample);
            // At the log time of the latest one, whatever it is of.
            LagSampled old = taken.get(random.nextInt(taken.size()));
            assertThat(again.take(old)).isEqualTo(LagDecider.Effect.STALE);
        }

        assertThat(again.state).isEqualTo(once.state);
        assertThat(again.commands).isEqualTo(once.commands);
    }

    @Property(tries = 300)
    void allTimeIsGoodOrBadOrUnobserved(@ForAll @Size(min = 1, max = 60) List<@IntRange(max = 200) Integer> looks) {
        List<LagSampled> samples = samples(looks);
        Lag lag = new Lag(BREACH).take(samples);
        long first = samples.get(0).askedAt();
        long last = samples.get(samples.size() - 1).askedAt();

        Budget.Sum day = lag.state.objectives().get("fresh").budget().last(86_400_000, last);
        assertThat(day.goodMs() + day.badMs() + day.unobservedMs()).isEqualTo(last - first);
        long observed = 0;
        for (int i = 1; i < samples.size(); i++) {
            observed += Math.min(samples.get(i).askedAt() - samples.get(i - 1).askedAt(), 2 * Samples.INTERVAL);
        }
        assertThat(day.observedMs()).isEqualTo(observed);
    }

    @Property(tries = 300)
    void anAlertIsOpenedBeforeItIsResolvedAndEachIdIsGivenOnce(
            @ForAll @Size(max = 100) List<@IntRange(max = 200) Integer> looks) {
        List<SloAlert> alerts = new Lag(BREACH).take(samples(looks)).alerts();

        assertThat(alerts).extracting(alert -> alert.envelope().eventId()).doesNotHaveDuplicates();
        Map<Instant, List<SloAlert.State>> byAlert = alerts.stream()
                .collect(Collectors.groupingBy(
                        SloAlert::openedAt, Collectors.mapping(SloAlert::state, Collectors.toList())));
        assertThat(byAlert.values()).allSatisfy(states -> {
            assertThat(states.get(0)).isEqualTo(SloAlert.State.OPENED);
            assertThat(states.subList(1, states.size())).doesNotContain(SloAlert.State.OPENED);
            assertThat(states.subList(0, states.size() - 1)).doesNotContain(SloAlert.State.RESOLVED);
        });
    }

    @Property(tries = 200)
    void aWindowIsTheSumOfWhatIsInItToABucket(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 4_000) Integer> seconds,
            @ForAll @IntRange(min = 0, max = 7) int which) {
        long window = List.of(300L, 1_800L, 3_600L, 7_200L, 21_600L, 86_400L, 259_200L, 2_419_200L)
                        .get(which)
                * 1_000;
        Budget budget = Budget.since(Samples.START);
        long now = Samples.START;
        List<long[]> raw = new ArrayList<>();
        for (int second : seconds) {
            now += second * 1_000L;
            budget = budget.with(now, second * 1_000L, second % 3 == 0, 28);
            raw.add(new long[] {now, second * 1_000L, second % 3});
        }
        long end = now;
        long bucket = window <= 3_600_000
                ? 60_000
                : window <= 21_600_000 ? 300_000 : window <= 259_200_000 ? 3_600_000 : 86_400_000;
        Budget.Sum sum = budget.last(window, end);

        assertThat(sum.badMs()).isBetween(bad(raw, end - window), bad(raw, end - window - bucket));
        assertThat(sum.goodMs() + sum.badMs()).isBetween(all(raw, end - window), all(raw, end - window - bucket));
    }

    private static long bad(List<long[]> raw, long after) {
        return raw.stream()
                .filter(sample -> sample[0] > after && sample[2] == 0)
                .mapToLong(sample -> sample[1])
                .sum();
    }

    private static long all(List<long[]> raw, long after) {
        return raw.stream()
                .filter(sample -> sample[0] > after)
                .mapToLong(sample -> sample[1])
                .sum();
    }

    @Property(tries = 200)
    void whatIsRememberedIsReadAsItWasWritten(@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 200) Integer> looks)
            throws IOException {
        LagState state = new Lag(BREACH, Objective.DEFAULT).take(samples(looks)).state;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LagStateCodec().write(state, new DataOutputStream(bytes));

        assertThat(new LagStateCodec().read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(state);
    }
}
