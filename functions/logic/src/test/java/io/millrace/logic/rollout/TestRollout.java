package io.millrace.logic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.logic.rollout.RolloutDecider.Effect;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Dependency;
import io.millrace.schema.rollout.RolloutDefined.Health;
import io.millrace.schema.rollout.RolloutDefined.Limits;
import io.millrace.schema.rollout.RolloutDefined.Metric;
import io.millrace.schema.rollout.RolloutDefined.Source;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A roll-out told input by input. Its flag follows what is wanted, unless told otherwise; its state is restored each time. */
final class TestRollout {
    static final String FLAG = "checkout";
    static final long BEGIN = 1_800_000_000_000L;
    static final long MINUTE = 60_000;
    static final String SIMPLE =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";

    final List<RolloutEvent> events = new ArrayList<>();
    final List<RolloutStatus> statuses = new ArrayList<>();
    final List<WantedFlag> wanted = new ArrayList<>();
    RolloutFigures figures;
    long now = BEGIN;
    boolean follows = true;
    String definition = SIMPLE;
    RolloutState state;

    private final RolloutDecider decider = new RolloutDecider();
    private long ids;
    private long offset;
    private int followed;

    static TestRollout of(RolloutDefined defined) {
        TestRollout rollout = new TestRollout();
        rollout.observe(SIMPLE);
        rollout.take(defined);
        return rollout;
    }

    static TestRollout started(RolloutDefined defined) {
        TestRollout rollout = of(defined);
        assertThat(rollout.command(Action.START)).isEqualTo(Effect.APPLIED);
        return rollout;
    }

    /** @param holdMinutes of each of the steps */
    static RolloutDefined defined(Health health, long holdMinutes, int... percents) {
        List<Step> steps = new ArrayList<>();
        for (int percent : percents) {
            steps.add(new Step(percent, holdMinutes * 60, false));
        }
        return defined("checkout-v2", Strategy.PROGRESSIVE, steps, health);
    }

    static RolloutDefined defined(String name, Strategy strategy, List<Step> steps, Health health) {
        return new RolloutDefined(
                envelope(new UUID(name.hashCode(), 1), "rollout.defined", BEGIN),
                name,
                null,
                FLAG,
                "new",
                "old",
                strategy,
                null,
                null,
                steps,
                null,
                null,
                null,
                null,
                List.of(),
                health,
                null,
                null);
    }

    static RolloutDefined with(RolloutDefined d, String windows, String zone, List<Dependency> after) {
        return new RolloutDefined(
                d.envelope(),
                d.name(),
                d.description(),
                d.flag(),
                d.to(),
                d.from(),
                d.strategy(),
                d.pace(),
                d.percent(),
                d.steps(),
                d.audience(),
                d.bucketBy(),
                windows,
                zone,
                after,
                d.health(),
                d.owner(),
                d.runbook());
    }

    static RolloutDefined forAudience(RolloutDefined d, RolloutDefined.Audience audience) {
        return new RolloutDefined(
                d.envelope(),
                d.name(),
                d.description(),
                d.flag(),
                d.to(),
                d.from(),
                d.strategy(),
                d.pace(),
                d.percent(),
                d.steps(),
                audience,
                d.bucketBy(),
                d.windows(),
                d.timeZone(),
                d.after(),
                d.health(),
                d.owner(),
                d.runbook());
    }

    static Health health(Limits limits, Metric... metrics) {
        return new Health(List.of(new Source("service", null)), List.of(metrics), null, 50, 0, null, limits);
    }

    static Health health() {
        return health(null);
    }

    static Envelope envelope(UUID id, String type, long time) {
        return new Envelope(id, type, Instant.ofEpochMilli(time), Envelope.DEFAULT_TENANT, null, null);
    }

    Effect take(RolloutInput input) {
        wakeUntil(now);
        Decision<RolloutState, Effect, RolloutNews> decision = decider.decide(FLAG, state, input, now);
        RolloutState before = state;
        state = restored(decision.state());
        if (decision.effect() == Effect.STALE || decision.effect() == Effect.IGNORED) {
            assertThat(state).isEqualTo(before);
        }
        told(decision.commands());
        follow();
        return decision.effect();
    }

    private void wakeUntil(long time) {
        List<RolloutNews> news = new ArrayList<>();
        state = restored(Wakes.until(decider, FLAG, state, time, news::addAll));
        told(news);
        follow();
    }

    /** Time passes. */
    TestRollout pass(long minutes) {
        for (long i = 0; i < minutes; i++) {
            now += MINUTE;
            wakeUntil(now);
        }
        return this;
    }

    private void told(List<RolloutNews> news) {
        news.stream().map(RolloutNews::event).filter(Objects::nonNull).forEach(events::add);
        news.stream().map(RolloutNews::status).filter(Objects::nonNull).forEach(statuses::add);
        news.stream().map(RolloutNews::wanted).filter(Objects::nonNull).forEach(wanted::add);
        news.stream().map(RolloutNews::figures).filter(Objects::nonNull).forEach(latest -> figures = latest);
    }

    private void follow() {
        while (follows && followed < wanted.size()) {
            WantedFlag next = wanted.get(followed++);
            if (definition == null) {
                continue;
            }
            try {
                observe(FlagDocument.read(definition).with(next));
            } catch (RejectedEventException e) {
                throw new AssertionError(e);
            }
        }
    }

    Effect observe(String flag) {
        definition = flag;
        Instant at = Instant.ofEpochMilli(now);
        return take(new FlagObserved(
                envelope(new UUID(7, ids++), "flag.observed", now),
                FLAG,
                FLAG,
                flag,
                flag == null,
                null,
                at,
                offset++));
    }

    Effect serves(String other, String variant) {
        Instant at = Instant.ofEpochMilli(now);
        return take(new FlagObserved(
                envelope(new UUID(7, ids++), "flag.observed", now), FLAG, other, null, false, variant, at, offset++));
    }

    RolloutCommand wish(Action action) {
        String name = state.defined() == null ? "checkout-v2" : state.defined().name();
        return new RolloutCommand(
                envelope(new UUID(8, ids++), "rollout.command", now), name, action, "ann", "as agreed", FLAG);
    }

    Effect command(Action action) {
        return take(wish(action));
    }

    static Variant variant(String name, long requests, long errors) {
        return new Variant(name, requests, errors, List.of(), Map.of(), 0, 0, 0, 0);
    }

    /** Minutes pass, in each of which one source tells of requests and errors. */
    TestRollout minutes(int count, long newRequests, long newErrors, long oldRequests, long oldErrors) {
        for (int i = 0; i < count; i++) {
            minute(variant("new", newRequests, newErrors), variant("old", oldRequests, oldErrors));
        }
        return this;
    }

    Effect minute(Variant... variants) {
        HealthCounted counted = counted("service", variants);
        now += MINUTE;
        return take(counted);
    }

    HealthCounted counted(String source, Variant... variants) {
        return new HealthCounted(
                envelope(new UUID(9, ids++), "health.counted", now),
                FLAG,
                source,
                Instant.ofEpochMilli(now),
                MINUTE,
                List.of(variants),
                0);
    }

    RolloutPhase phase() {
        return state.phase();
    }

    int percent() {
        return state.position().percent();
    }

    RolloutEvent last() {
        return events.get(events.size() - 1);
    }

    List<RolloutEvent.Kind> kinds() {
        return events.stream().map(RolloutEvent::kind).toList();
    }

    /** As a restart finds it. */
    private static RolloutState restored(RolloutState state) {
        if (state == null) {
            return null;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            RolloutStateCodec codec = new RolloutStateCodec();
            codec.write(state, new DataOutputStream(bytes));
            RolloutState read = codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(read).isEqualTo(state);
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
