package io.millrace.logic.notification;

import io.millrace.schema.notification.Bundling;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.QuietHours;
import io.millrace.schema.wire.Zones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/** When somebody may be told of something, by the clock where they are. Times are milliseconds since the epoch. */
final class Hours {
    private final NotificationPreferences preferences;
    private final ZoneId zone;

    Hours(NotificationPreferences preferences) {
        this.preferences = preferences;
        this.zone = preferences.timeZone() == null ? ZoneOffset.UTC : Zones.of(preferences.timeZone());
    }

    /** The first time from {@code time} on at which what is not urgent may be told: {@code time} itself, or later. */
    long next(long time) {
        return awake(bundled(time));
    }

    /** The first time from {@code time} on that is not within quiet hours. */
    long awake(long time) {
        QuietHours quiet = preferences.quietHours();
        if (quiet == null) {
            return time;
        }
        LocalTime from = LocalTime.parse(quiet.from());
        LocalTime to = LocalTime.parse(quiet.to());
        LocalDateTime now = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone);
        LocalTime clock = now.toLocalTime();
        boolean overMidnight = to.isBefore(from);
        boolean late = !clock.isBefore(from);
        boolean early = clock.isBefore(to);
        if (overMidnight ? !late && !early : !late || !early) {
            return time;
        }
        LocalDate day = overMidnight && late ? now.toLocalDate().plusDays(1) : now.toLocalDate();
        return at(day.atTime(to), time);
    }

    /** The first time from {@code time} on at which digests are told. */
    private long bundled(long time) {
        Bundling digest = preferences.digest() == null ? Bundling.NONE : preferences.digest();
        return switch (digest) {
            case NONE -> time;
            case HOURLY ->
                ZonedDateTime.ofInstant(Instant.ofEpochMilli(time), zone)
                        .truncatedTo(ChronoUnit.HOURS)
                        .plusHours(1)
                        .toInstant()
                        .toEpochMilli();
            case AT_TIMES -> atTimes(time);
        };
    }

    private long atTimes(long time) {
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
        long first = Long.MAX_VALUE;
        for (int days = 0; days <= 1; days++) {
            for (String text : preferences.digestTimes()) {
                long at = at(today.plusDays(days).atTime(LocalTime.parse(text)), time);
                if (at > time) {
                    first = Math.min(first, at);
                }
            }
        }
        return first;
    }

    /**
     * When the clock shows a time: of one that is skipped when the clock is set, when it is set; of one that comes twice
     * the first one after {@code after}.
     */
    private long at(LocalDateTime local, long after) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant().toEpochMilli();
        }
        ZonedDateTime first = ZonedDateTime.of(local, zone).withEarlierOffsetAtOverlap();
        long at = first.toInstant().toEpochMilli();
        return at > after ? at : first.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
    }
}
