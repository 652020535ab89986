package io.millrace.simulation.rollout;

import io.millrace.logic.decision.Replay;
import io.millrace.logic.rollout.FlagDocument;
import io.millrace.logic.rollout.RolloutDecider;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.RolloutState;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Health;
import io.millrace.schema.rollout.RolloutDefined.Source;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rule of the rollout job itself: its decider, by an inbox as the job writes it. */
final class Millrace implements Rule {
    static final String NEW = "new";
    static final String OLD = "old";

    private static final String FLAG = "checkout";
    private static final String SOURCE = "service";
    private static final long MINUTE = 60_000;
    private static final long BEGIN = 1_800_000_000_000L;

    private final List<WantedFlag> wanted = new ArrayList<>();
    private final Replay<RolloutState, RolloutInput, RolloutNews> replay =
            new Replay<>(new RolloutDecider(), (news, time) -> {
                if (news.wanted() != null) {
                    wanted.add(news.wanted());
                }
            });

    private String definition =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";
    private long offset;

    Millrace() {
        List<Step> steps = STEPS.stream()
                .map(percent -> new Step(percent, percent == 100 ? 0 : MINUTES_OF_A_STEP * 60L, false))
                .toList();
        Health health = new Health(List.of(new Source(SOURCE, null)), List.of(), null, null, null, null, null);
        long time = BEGIN - 1_000;
        observe(time);
        replay.decide(
                FLAG,
                new RolloutDefined(
                        envelope("rollout.defined", time),
                        "checkout-v2",
                        null,
                        FLAG,
                        NEW,
                        OLD,
                        Strategy.PROGRESSIVE,
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
                        null),
                time);
        replay.decide(
                FLAG,
                new RolloutCommand(
                        envelope("rollout.command", time),
                        "checkout-v2",
                        RolloutCommand.Action.START,
                        "somebody",
                        null,
                        FLAG),
                time);
        follow(time);
    }

    private Envelope envelope(String type, long time) {
        return new Envelope(
                new UUID(time, offset++), type, Instant.ofEpochMilli(time), Envelope.DEFAULT_TENANT, null, null);
    }

    private void observe(long time) {
        Instant at = Instant.ofEpochMilli(time);
        FlagObserved observed =
                new FlagObserved(envelope("flag.observed", time), FLAG, FLAG, definition, false, null, at, offset);
        replay.decide(FLAG, observed, time);
    }

    /** The flag becomes what is wanted, as the log then says. */
    private void follow(long time) {
        while (!wanted.isEmpty()) {
            try {
                definition = FlagDocument.read(definition).with(wanted.remove(0));
            } catch (RejectedEventException e) {
                throw new IllegalStateException("the flag is as it was made", e);
            }
            observe(time);
        }
    }

    @Override
    public int percent() {
        return state().position().percent();
    }

    private RolloutState state() {
        return replay.states().get(FLAG);
    }

    @Override
    public void take(int minute, Variant fresh, Variant old) {
        long from = BEGIN + minute * MINUTE;
        long time = from + MINUTE + 1_000;
        replay.until(time - 1);
        follow(time - 1);
        HealthCounted counted = new HealthCounted(
                envelope("health.counted", time),
                FLAG,
                SOURCE,
                Instant.ofEpochMilli(from),
                MINUTE,
                List.of(fresh, old),
                0);
        replay.decide(FLAG, counted, time);
        follow(time);
    }

    @Override
    public boolean isRolledBack() {
        return state().phase() == RolloutPhase.ROLLED_BACK;
    }

    @Override
    public boolean isDone() {
        return percent() == 100;
    }
}
