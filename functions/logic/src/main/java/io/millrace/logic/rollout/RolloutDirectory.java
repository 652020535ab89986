package io.millrace.logic.rollout;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.rollout.DirectoryState.Entry;
import io.millrace.logic.rollout.DirectoryState.Waiting;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Dependency;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Stands before the inbox: finds the flag of what only names a roll-out, tells all of what concerns all, and each of the flags
 * on which it depends. There is one of it, which sees definitions, commands and flags; what it finds is written into the inbox, so that
 * the order there is all that counts.
 */
public final class RolloutDirectory implements Decider<DirectoryState, RolloutFact, RolloutDirectory.Told> {
    /** Its one key. */
    public static final String KEY = "all";

    static final int MAX_ROLLOUTS = 500;
    static final int MAX_FLAGS = 2_000;

    /** How long a command waits for the definition of its roll-out, which comes on another topic. */
    static final long WAIT_MILLIS = 10_000;

    private static final int MAX_WAITING = 200;
    private static final UUID EVENTS = UUID.fromString("8c4d6b6e-9b1f-5d35-8a63-0f1c5c6d9a77");

    /** What becomes of what comes. */
    public enum Effect {
        TOLD,
        WAITS,
        REFUSED,
        NOTED
    }

    /**
     * What goes into the inbox, or is told to whoever asked.
     *
     * @param input null when it is an event, {@code refused} null otherwise
     */
    public record Told(RolloutInput input, RolloutEvent refused) {}

    @Override
    public Decision<DirectoryState, Effect, Told> decide(
            String key, DirectoryState state, RolloutFact fact, long time) {
        Turn turn = new Turn(state == null ? DirectoryState.EMPTY : state, time);
        Effect effect;
        if (fact.defined() != null) {
            effect = turn.define(fact.defined());
        } else if (fact.removed() != null) {
            effect = turn.remove(fact.removed());
        } else if (fact.command() != null) {
            effect = turn.command(fact.command());
        } else {
            effect = turn.see(fact.flag());
        }
        return new Decision<>(turn.state(), effect, turn.told);
    }

    @Override
    public Decision<DirectoryState, Effect, Told> wake(String key, DirectoryState state, long time) {
        Turn turn = new Turn(state, time);
        turn.giveUp();
        return new Decision<>(turn.state(), null, turn.told);
    }

    @Override
    public long nextWake(DirectoryState state) {
        return state.waiting().isEmpty()
                ? Long.MAX_VALUE
                : state.waiting().get(0).until();
    }

    /** One decision while it is made. */
    private static final class Turn {
        private final long time;
        private final Map<String, Entry> rollouts;
        private final Map<String, FlagSeen> flags;
        private final List<Waiting> waiting;
        private final List<Told> told = new ArrayList<>();
        private RolloutCommand freeze;

        Turn(DirectoryState state, long time) {
            this.time = time;
            this.rollouts = new TreeMap<>(state.rollouts());
            this.flags = new TreeMap<>(state.flags());
            this.waiting = new ArrayList<>(state.waiting());
            this.freeze = state.freeze();
        }

        DirectoryState state() {
            return new DirectoryState(Map.copyOf(rollouts), Map.copyOf(flags), freeze, List.copyOf(waiting));
        }

        Effect define(RolloutDefined defined) {
            Entry known = rollouts.get(defined.name());
            UUID id = defined.envelope().eventId();
            if (known == null && rollouts.size() == MAX_ROLLOUTS) {
                return refuse(
                        defined.name(), id, "there are " + MAX_ROLLOUTS + " roll-outs already; take one away first");
            }
            if (known != null && !known.flag().equals(defined.flag())) {
                return refuse(
                        defined.name(), id, "it is of flag \"" + known.flag() + "\"; take that definition away first");
            }
            List<String> after =
                    defined.after().stream().map(Dependency::flag).distinct().toList();
            rollouts.put(defined.name(), new Entry(defined.flag(), after));
            send(defined);
            for (String flag : after) {
                FlagSeen seen = flags.get(flag);
                if (seen != null) {
                    send(seen.observedFor(defined.flag()));
                }
            }
            if (freeze != null) {
                send(of(freeze, defined.flag()));
            }
            for (Waiting one : List.copyOf(waiting)) {
                if (one.command().rollout().equals(defined.name())) {
                    waiting.remove(one);
                    send(of(one.command(), defined.flag()));
                }
            }
            return Effect.TOLD;
        }

        Effect remove(String name) {
            Entry known = rollouts.remove(name);
            if (known == null) {
                return Effect.NOTED;
            }
            Envelope envelope = new Envelope(
                    Uuid5.of(EVENTS, "removed\n" + name + '\n' + time),
                    "rollout.command",
                    Instant.ofEpochMilli(time),
                    Envelope.DEFAULT_TENANT,
                    null,
                    null);
            send(new RolloutCommand(
                    envelope, name, Action.FORGET, "the definition", "the definition was taken away", known.flag()));
            return Effect.TOLD;
        }

        Effect command(RolloutCommand command) {
            if (command.rollout().equals(RolloutCommand.ALL)) {
                if (command.action() == Action.FREEZE) {
                    freeze = command;
                } else if (command.action() == Action.UNFREEZE) {
                    freeze = null;
                }
                rollouts.values().stream().map(Entry::flag).distinct().forEach(flag -> send(of(command, flag)));
                return Effect.TOLD;
            }
            Entry known = rollouts.get(command.rollout());
            if (known == null) {
                if (waiting.size() == MAX_WAITING) {
                    return refuseUnknown(command);
                }
                waiting.add(new Waiting(command, time + WAIT_MILLIS));
                return Effect.WAITS;
            }
            send(of(command, known.flag()));
            return Effect.TOLD;
        }

        /** Each flag gets an event of its own of what concerns all. */
        private static RolloutCommand of(RolloutCommand command, String flag) {
            Envelope envelope = command.envelope();
            UUID id = command.rollout().equals(RolloutCommand.ALL)
                    ? Uuid5.of(envelope.eventId(), flag)
                    : envelope.eventId();
            return new RolloutCommand(
                    new Envelope(
                            id,
                            envelope.type(),
                            envelope.occurredAt(),
                            envelope.tenant(),
                            envelope.correlationId(),
                            envelope.traceparent()),
                    command.rollout(),
                    command.action(),
                    command.by(),
                    command.reason(),
                    flag);
        }

        Effect see(FlagSeen seen) {
            FlagSeen before = flags.get(seen.flag());
            if (seen.serves() == null) {
                flags.remove(seen.flag());
            } else if (before != null || flags.size() < MAX_FLAGS) {
                flags.put(seen.flag(), seen);
            }
            String servedBefore = before == null ? null : before.serves();
            if (seen.serves() == null ? servedBefore == null : seen.serves().equals(servedBefore)) {
                return Effect.NOTED;
            }
            rollouts.values().stream()
                    .filter(entry -> entry.after().contains(seen.flag()))
                    .map(Entry::flag)
                    .distinct()
                    .forEach(flag -> send(seen.observedFor(flag)));
            return Effect.TOLD;
        }

        void giveUp() {
            while (!waiting.isEmpty() && waiting.get(0).until() <= time) {
                refuseUnknown(waiting.remove(0).command());
            }
        }

        private Effect refuseUnknown(RolloutCommand command) {
            return refuse(
                    command.rollout(),
                    command.envelope().eventId(),
                    EventType.wireName(command.action()) + ": there is no roll-out of that name");
        }

        private Effect refuse(String rollout, UUID cause, String reason) {
            Envelope envelope = new Envelope(
                    Uuid5.of(EVENTS, cause.toString()),
                    "rollout.event",
                    Instant.ofEpochMilli(time),
                    Envelope.DEFAULT_TENANT,
                    null,
                    null);
            told.add(new Told(
                    null,
                    new RolloutEvent(
                            envelope,
                            rollout,
                            "",
                            0,
                            RolloutEvent.Kind.REFUSED,
                            RolloutPhase.PLANNED,
                            0,
                            0,
                            0,
                            0,
                            0,
                            reason,
                            null,
                            cause,
                            List.of())));
            return Effect.REFUSED;
        }

        private void send(RolloutInput input) {
            told.add(new Told(input, null));
        }
    }
}
