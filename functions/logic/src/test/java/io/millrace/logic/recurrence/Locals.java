package io.millrace.logic.recurrence;

import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.DstGap;
import io.millrace.schema.task.Recurrence.DstOverlap;
import io.millrace.schema.task.Recurrence.Kind;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The notation of the tables in this package's tests, and the series they are about. */
final class Locals {

    private Locals() {}

    /**
     * Reads {@code 1997-09: 2..6 30 1997-10: 1@10:30 2..30/2}: a month, days in it or ranges of days with a step, at
     * 09:00 or the time given.
     */
    static List<LocalDateTime> of(String text) {
        List<LocalDateTime> locals = new ArrayList<>();
        YearMonth month = null;
        for (String token : text.trim().split("\\s+")) {
            if (token.endsWith(":")) {
                month = YearMonth.parse(token.substring(0, token.length() - 1));
                continue;
            }
            String[] dayAndTime = token.split("@");
            LocalTime time = LocalTime.parse(dayAndTime.length == 2 ? dayAndTime[1] : "09:00");
            String[] rangeAndStep = dayAndTime[0].split("/");
            int step = rangeAndStep.length == 2 ? Integer.parseInt(rangeAndStep[1]) : 1;
            String[] range = rangeAndStep[0].split("\\.\\.");
            for (int day = Integer.parseInt(range[0]); day <= Integer.parseInt(range[range.length - 1]); day += step) {
                locals.add(month.atDay(day).atTime(time));
            }
        }
        return locals;
    }

    static Recurrence rule(String rule) {
        return Recurrence.of(Kind.RULE, rule);
    }

    static Recurrence cron(String cron) {
        return Recurrence.of(Kind.CRON, cron);
    }

    static Recurrence every(String every) {
        return Recurrence.of(Kind.EVERY, every);
    }

    static Recurrence from(LocalDateTime dtstart, Recurrence of) {
        return new Recurrence(
                of.kind(),
                of.expression(),
                dtstart,
                of.exdates(),
                of.rdates(),
                of.next(),
                of.overlap(),
                of.catchUp(),
                of.dstGap(),
                of.dstOverlap());
    }

    static Recurrence with(
            Recurrence of, List<LocalDateTime> exdates, List<LocalDateTime> rdates, DstGap gap, DstOverlap overlap) {
        return new Recurrence(
                of.kind(),
                of.expression(),
                of.dtstart(),
                exdates,
                rdates,
                of.next(),
                of.overlap(),
                of.catchUp(),
                gap,
                overlap);
    }

    static Recurrence excluding(Recurrence of, List<LocalDateTime> exdates) {
        return with(of, exdates, of.rdates(), of.dstGap(), of.dstOverlap());
    }

    static Recurrence adding(Recurrence of, List<LocalDateTime> rdates) {
        return with(of, of.exdates(), rdates, of.dstGap(), of.dstOverlap());
    }

    static RecurrenceSchedule schedule(String rule, String start, String zone) {
        return RecurrenceSchedule.compile(rule(rule), LocalDateTime.parse(start), ZoneId.of(zone));
    }

    /** The first occurrences, one after the other, at most so many. */
    static List<Occurrence> take(RecurrenceSchedule schedule, int limit) {
        List<Occurrence> taken = new ArrayList<>();
        Occurrence next = schedule.first();
        while (next != null && taken.size() < limit) {
            taken.add(next);
            next = schedule.next(next.recurrenceId());
        }
        return taken;
    }

    static List<LocalDateTime> takeLocals(RecurrenceSchedule schedule, int limit) {
        return take(schedule, limit).stream().map(Occurrence::recurrenceId).toList();
    }
}
