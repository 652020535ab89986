package io.millrace.logic.notification;

import io.millrace.schema.notification.ChannelKind;
import io.millrace.schema.notification.NotificationPreferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is remembered of one person. Components are only ever appended, see {@link NotificationStateCodec}.
 *
 * @param preferences null for none
 * @param held what is told later, oldest first; at most {@link #MAX_HELD}
 * @param dropped how many were held beyond that, by what they are about
 * @param hourFrom when the hour began whose notifications are counted, milliseconds since the epoch
 * @param inHour how often the person was told in it
 * @param recent the latest events that came; at most {@link #MAX_RECENT}
 * @param underWay what is being sent, oldest first; at most {@link #MAX_UNDER_WAY}
 * @param gone channels that said that they are no more, until preferences change
 */
public record NotificationState(
        NotificationPreferences preferences,
        List<Held> held,
        Map<String, Integer> dropped,
        long hourFrom,
        int inHour,
        List<UUID> recent,
        List<Sent> underWay,
        List<String> gone) {
    static final int MAX_HELD = 100;
    static final int MAX_RECENT = 100;
    static final int MAX_UNDER_WAY = 100;

    static final NotificationState EMPTY =
            new NotificationState(null, List.of(), Map.of(), 0, 0, List.of(), List.of(), List.of());

    /** @param until when it is told, milliseconds since the epoch */
    public record Held(Note note, long until) {}

    /**
     * What was sent, less what it says.
     *
     * @param id by which its outcome names it
     * @param events the first ones of which it tells
     * @param decidedAt milliseconds since the epoch
     */
    public record Sent(UUID id, ChannelKind kind, String channel, List<UUID> events, int count, long decidedAt) {}

    boolean knows(UUID eventId) {
        return recent.contains(eventId);
    }

    /** When something is to be told; {@link Long#MAX_VALUE} for never. */
    long next() {
        return held.stream().mapToLong(Held::until).min().orElse(Long.MAX_VALUE);
    }

    NotificationState with(NotificationPreferences changed) {
        return new NotificationState(changed, held, dropped, hourFrom, inHour, recent, underWay, List.of());
    }

    NotificationState seen(UUID eventId) {
        return new NotificationState(
                preferences, held, dropped, hourFrom, inHour, latest(recent, eventId, MAX_RECENT), underWay, gone);
    }

    NotificationState holding(List<Held> later, Map<String, Integer> lost) {
        return new NotificationState(preferences, later, lost, hourFrom, inHour, recent, underWay, gone);
    }

    /** Holds one more. */
    NotificationState held(Note note, long until) {
        if (held.size() < MAX_HELD) {
            return holding(latest(held, new Held(note, until), MAX_HELD), dropped);
        }
        Map<String, Integer> lost = new TreeMap<>(dropped);
        lost.merge(held.get(0).note().about().name(), 1, Integer::sum);
        return holding(latest(held, new Held(note, until), MAX_HELD), lost);
    }

    NotificationState counted(long from, int told) {
        return new NotificationState(preferences, held, dropped, from, told, recent, underWay, gone);
    }

    NotificationState sending(List<Sent> sent) {
        List<Sent> all = underWay;
        for (Sent one : sent) {
            // Decided again, it is the same.
            List<Sent> others =
                    all.stream().filter(other -> !other.id().equals(one.id())).toList();
            all = latest(others, one, MAX_UNDER_WAY);
        }
        return new NotificationState(preferences, held, dropped, hourFrom, inHour, recent, all, gone);
    }

    /** @param left the channel, when it is no more; else null */
    NotificationState settled(UUID id, String left) {
        return new NotificationState(
                preferences,
                held,
                dropped,
                hourFrom,
                inHour,
                recent,
                underWay.stream().filter(sent -> !sent.id().equals(id)).toList(),
                left == null || gone.contains(left) ? gone : latest(gone, left, NotificationPreferences.MAX_CHANNELS));
    }

    private static <T> List<T> latest(List<T> list, T one, int most) {
        List<T> all = new ArrayList<>(list.subList(Math.max(0, list.size() + 1 - most), list.size()));
        all.add(one);
        return List.copyOf(all);
    }
}
