package io.millrace.logic.notification;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.notification.NotificationInput.Outcome;
import io.millrace.logic.notification.NotificationState.Held;
import io.millrace.logic.notification.NotificationState.Sent;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.NotificationDelivered;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.Uuid5;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells a person of things where they want to be told. What comes in quiet hours, between the times of digests, or beyond
 * the limit of an hour is told together, later.
 */
public final class NotificationDecider implements Decider<NotificationState, NotificationInput, NotificationCommand> {
    private static final UUID NOTIFICATIONS = UUID.fromString("c1f3a1de-3d7c-5e0b-9c61-7f9b3a4f7d20");
    /** As many as fit the input of a call, whatever characters they have; of more is told how many they are. */
    static final int MAX_TOLD = 25;

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** What becomes of what comes. */
    public enum Effect {
        /** Preferences that count from now on. */
        PREFERRED,
        SENT,
        /** It is told later. */
        HELD,
        /** Nobody wants to be told. */
        NOT_WANTED,
        /** It came already. */
        REPEATED,
        /** The outcome of something that was sent. */
        SETTLED,
        /** The outcome of something that nobody waits for. */
        UNKNOWN
    }

    @Override
    public Decision<NotificationState, Effect, NotificationCommand> decide(
            String key, NotificationState state, NotificationInput input, long time) {
        NotificationState before = state == null ? NotificationState.EMPTY : state;
        return switch (input.kind()) {
            case PREFERENCES ->
                new Decision<>(kept(prefer(before, input.preferences(), time)), Effect.PREFERRED, List.of());
            case NOTE -> take(state, before, input, time);
            case OUTCOME -> settle(state, before, input);
        };
    }

    /** What is held is told when the new preferences have it. */
    private static NotificationState prefer(NotificationState before, NotificationPreferences preferences, long time) {
        if (preferences == null || preferences.channels().isEmpty()) {
            return before.with((NotificationPreferences) null).holding(List.of(), Map.of());
        }
        List<Held> held = before.held().stream()
                .map(one -> new Held(one.note(), due(preferences, one.note(), time)))
                .toList();
        return before.with(preferences).holding(held, before.dropped());
    }

    private static Decision<NotificationState, Effect, NotificationCommand> take(
            NotificationState state, NotificationState before, NotificationInput input, long time) {
        Note note = input.note();
        if (channels(before).stream().noneMatch(channel -> channel.tells(note.about()))) {
            return new Decision<>(state, Effect.NOT_WANTED, List.of());
        }
        if (before.knows(note.eventId())) {
            return new Decision<>(state, Effect.REPEATED, List.of());
        }
        NotificationState seen = before.seen(note.eventId());
        long due = due(before.preferences(), note, time);
        if (due > time || isOverLimit(before, time)) {
            long until = due > time ? due : afterHour(before, note);
            return new Decision<>(seen.held(note, until), Effect.HELD, List.of());
        }
        List<NotificationCommand> commands = new ArrayList<>();
        NotificationState after = send(seen, input.tenant(), input.userId(), List.of(note), Map.of(), time, commands);
        return new Decision<>(after, Effect.SENT, commands);
    }

    private static long due(NotificationPreferences preferences, Note note, long time) {
        return isUrgent(preferences, note) ? time : new Hours(preferences).next(time);
    }

    private static boolean isUrgent(NotificationPreferences preferences, Note note) {
        return preferences.quietHours() != null
                && note.priority() != null
                && preferences.quietHours().except().contains(note.priority());
    }

    private static boolean isOverLimit(NotificationState state, long time) {
        Integer limit = state.preferences().perHour();
        return time < state.hourFrom() + HOUR
                && state.inHour() >= (limit == null ? NotificationPreferences.DEFAULT_PER_HOUR : limit);
    }

    private static long afterHour(NotificationState state, Note note) {
        long end = state.hourFrom() + HOUR;
        return isUrgent(state.preferences(), note) ? end : new Hours(state.preferences()).awake(end);
    }

    @Override
    public Decision<NotificationState, Effect, NotificationCommand> wake(
            String key, NotificationState state, long time) {
        boolean later = isOverLimit(state, time);
        List<Held> held = new ArrayList<>();
        List<Note> ready = new ArrayList<>();
        for (Held one : state.held()) {
            if (one.until() > time) {
                held.add(one);
            } else if (later) {
                held.add(new Held(one.note(), afterHour(state, one.note())));
            } else {
                ready.add(one.note());
            }
        }
        List<NotificationCommand> commands = new ArrayList<>();
        Map<String, Integer> uncounted = new TreeMap<>(state.dropped());
        ready.forEach(note -> uncounted.remove(note.about().name()));
        NotificationState after = state.holding(held, uncounted);
        if (!ready.isEmpty()) {
            int split = key.indexOf('\n');
            after = send(
                    after, key.substring(0, split), key.substring(split + 1), ready, state.dropped(), time, commands);
        }
        return new Decision<>(after, Effect.SENT, commands);
    }

    private static NotificationState send(
            NotificationState state,
            String tenant,
            String userId,
            List<Note> notes,
            Map<String, Integer> dropped,
            long time,
            List<NotificationCommand> commands) {
        List<Sent> sent = new ArrayList<>();
        for (Channel channel : channels(state)) {
            List<Note> wanted =
                    notes.stream().filter(note -> channel.tells(note.about())).toList();
            if (wanted.isEmpty()) {
                continue;
            }
            int more = dropped.entrySet().stream()
                    .filter(about ->
                            wanted.stream().anyMatch(note -> note.about().name().equals(about.getKey())))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            UUID id = id(tenant, userId, channel, wanted, more);
            List<Note> told = wanted.subList(Math.max(0, wanted.size() - MAX_TOLD), wanted.size());
            NotificationPreferences preferences = state.preferences();
            commands.add(new NotificationCommand.Send(
                    id,
                    tenant,
                    userId,
                    channel,
                    preferences.language(),
                    preferences.timeZone(),
                    told,
                    more + wanted.size() - told.size(),
                    time));
            List<UUID> events = told.stream()
                    .map(Note::eventId)
                    .limit(NotificationDelivered.MAX_SOURCES)
                    .toList();
            sent.add(new Sent(id, channel.kind(), channel.id(), events, wanted.size() + more, time));
        }
        if (sent.isEmpty()) {
            return state;
        }
        boolean sameHour = time < state.hourFrom() + HOUR;
        return state.counted(sameHour ? state.hourFrom() : time, sameHour ? state.inHour() + 1 : 1)
                .sending(sent);
    }

    /** From what it tells and where: the same whenever it is decided again. */
    private static UUID id(String tenant, String userId, Channel channel, List<Note> notes, int more) {
        String events = notes.stream().map(note -> note.eventId().toString()).collect(Collectors.joining(","));
        return Uuid5.of(
                NOTIFICATIONS, RecordKey.of(tenant, userId, channel.id(), more == 0 ? events : events + "+" + more));
    }

    /** Those that there still are. */
    private static List<Channel> channels(NotificationState state) {
        return state.preferences() == null
                ? List.of()
                : state.preferences().channels().stream()
                        .filter(channel -> !state.gone().contains(channel.id()))
                        .toList();
    }

    private static Decision<NotificationState, Effect, NotificationCommand> settle(
            NotificationState state, NotificationState before, NotificationInput input) {
        Outcome outcome = input.outcome();
        Sent sent = before.underWay().stream()
                .filter(one -> one.id().toString().equals(outcome.callKey()))
                .findFirst()
                .orElse(null);
        if (sent == null) {
            return new Decision<>(state, Effect.UNKNOWN, List.of());
        }
        NotificationState after = before.settled(sent.id(), isGone(outcome) ? sent.channel() : null);
        return new Decision<>(
                kept(after),
                Effect.SETTLED,
                List.of(new NotificationCommand.Tell(input.tenant(), input.userId(), sent, outcome)));
    }

    /** Whoever was to take it does not want anything any more. */
    private static boolean isGone(Outcome outcome) {
        return outcome.status() == AgentResult.Status.REFUSED
                && AgentErrorCode.AGENT_REJECTED.wireName().equals(outcome.code());
    }

    /** Null when there is nothing to remember. */
    private static NotificationState kept(NotificationState state) {
        return state.preferences() == null && state.underWay().isEmpty() ? null : state;
    }

    @Override
    public long nextWake(NotificationState state) {
        return state.next();
    }
}
