package io.millrace.simulation;

import io.millrace.schema.wire.IsoDateTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The fields of events, near enough to now that their moments come. */
final class FieldText {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final String[] ZONES = {
        "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "+05:30"
    };
    private static final String[] RULES = {
        "\"rule\":\"FREQ=DAILY\"",
        "\"rule\":\"FREQ=DAILY;COUNT=3\"",
        "\"rule\":\"FREQ=HOURLY;INTERVAL=2\"",
        "\"rule\":\"FREQ=MINUTELY;INTERVAL=20;COUNT=40\"",
        "\"rule\":\"FREQ=WEEKLY;BYDAY=MO,SA,SU\"",
        "\"rule\":\"FREQ=MONTHLY;BYMONTHDAY=-1,1\"",
        "\"rule\":\"FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30\"",
        "\"rule\":\"FREQ=YEARLY;UNTIL=20290101T000000Z\"",
        "\"cron\":\"30 2 * * *\"",
        "\"cron\":\"0 */3 * * MON-FRI\"",
        "\"every\":\"daily\"",
        "\"every\":\"weekly\"",
        "\"every\":\"monthly\"",
        "\"rule\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\""
    };

    private final Dice dice;

    FieldText(Dice dice) {
        this.dice = dice;
    }

    EventText create(EventText event, long now, boolean recurs) {
        event.text("title", "title " + dice.below(5));
        if (recurs) {
            event.text("time_zone", dice.of(ZONES)).text("due_at", local(now)).raw("recurrence", recurrence(now));
        } else if (dice.percent(40)) {
            event.text("time_zone", dice.of(ZONES)).text("due_at", local(now));
        } else if (dice.percent(80)) {
            event.text("due_at", instant(now));
        }
        if (dice.percent(60)) {
            event.raw("remind_before_minutes", minutes());
        }
        if (dice.percent(10)) {
            event.text("priority", dice.of("P1", "P4", null)).raw("tags", dice.of("[]", "[\"home\"]", "null"));
        }
        return event;
    }

    EventText update(EventText event, long now, boolean recurring) {
        boolean some = false;
        if (dice.percent(40)) {
            event.text("due_at", dice.percent(15) ? null : dice.percent(50) ? instant(now) : local(now));
            some = true;
        }
        if (dice.percent(30)) {
            event.raw("remind_before_minutes", minutes());
            some = true;
        }
        if (dice.percent(12)) {
            event.text("time_zone", dice.percent(20) ? null : dice.of(ZONES));
            some = true;
        }
        if (recurring && dice.percent(15)) {
            event.raw("recurrence", dice.percent(25) ? "null" : recurrence(now));
            some = true;
        }
        if (!some || dice.percent(20)) {
            event.text("title", "title " + dice.below(5));
        }
        return event;
    }

    EventText snooze(EventText event, long now) {
        if (dice.percent(60)) {
            return event.raw("snooze_minutes", Integer.toString(dice.of(1, 5, 15, 60, 1440)));
        }
        return event.text("snooze_until", dice.percent(70) ? instant(now) : local(now));
    }

    private String minutes() {
        return dice.of("0", "[0]", "[60,0]", "[1440,60,10,0]", "[5]", "[]", "null", "[30,20,10]", "[2880]");
    }

    private String recurrence(long now) {
        StringBuilder json = new StringBuilder("{").append(dice.of(RULES));
        if (dice.percent(50)) {
            json.append(",\"next\":\"")
                    .append(dice.of("on_schedule", "on_schedule", "on_completion"))
                    .append('"');
            json.append(",\"overlap\":\"")
                    .append(dice.of("allow", "skip", "replace"))
                    .append('"');
        }
        if (dice.percent(25)) {
            json.append(",\"catch_up\":\"")
                    .append(dice.of("PT1H", "P1D", "P3D", "PT0S"))
                    .append('"');
        }
        if (dice.percent(15)) {
            json.append(",\"dst_gap\":\"skip\",\"dst_overlap\":\"second\"");
        }
        if (dice.percent(15)) {
            json.append(",\"")
                    .append(dice.of("exdates", "rdates"))
                    .append("\":[\"")
                    .append(local(now))
                    .append("\"]");
        }
        if (dice.percent(15)) {
            json.append(",\"dtstart\":\"").append(local(now)).append('"');
        }
        return json.append('}').toString();
    }

    String recurrenceId(long near) {
        return at(near).truncatedTo(ChronoUnit.HOURS).toString().replaceAll("[-:]", "") + "00";
    }

    private String instant(long now) {
        return IsoDateTimes.formatUtc(moment(now));
    }

    private String local(long now) {
        return IsoDateTimes.formatLocal(at(moment(now)));
    }

    private static LocalDateTime at(long moment) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(moment), ZoneOffset.UTC);
    }

    private long moment(long now) {
        long moment = now
                + switch (dice.weighted(new int[] {3, 6, 6, 4, 1})) {
                    case 0 -> -dice.below(HOUR);
                    case 1 -> dice.below(5 * MINUTE);
                    case 2 -> dice.below(6 * HOUR);
                    case 3 -> dice.below(72 * HOUR);
                    default -> dice.below(24 * 60 * HOUR);
                };
        return dice.percent(70) ? moment - Math.floorMod(moment, 5 * MINUTE) : moment;
    }
}
