package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert.Severity;
import io.millrace.schema.slo.SloAlert.State;
import io.millrace.schema.slo.SloDefined.AlertOn;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is remembered of a group and a topic by one objective. Components are only ever appended.
 *
 * @param lateSamples how many samples, one after the other, were too late
 * @param alerts those that are open, by severity
 */
public record ObjectiveState(
        Objective objective, Budget budget, boolean late, int lateSamples, Map<String, AlertState> alerts) {

    private static final long REMIND_EVERY_MS = 3_600_000;
    /** So that an alert does not flap. */
    private static final int CLEAR_AFTER = 3;

    /** What is told of a change. */
    @FunctionalInterface
    interface Teller {
        void tell(State state, Severity severity, AlertState alert, String reason);
    }

    static ObjectiveState of(Objective objective, long now) {
        return new ObjectiveState(objective, Budget.since(now), false, 0, Map.of());
    }

    /** Of 1; negative when more was spent than there was. */
    double budgetLeft(long now) {
        return left(budget.last(objective.windowMs(), now).badMs());
    }

    /** What is left when a group was too late for so many milliseconds. */
    double left(long badMs) {
        return 1 - badMs / objective.budgetMs();
    }

    /** The same after a sample, whose objective may be another one by the same name. */
    ObjectiveState with(Objective defined, long now, long observedMs, long lagMs, long lagRecords) {
        boolean isLate = defined.isLate(lagMs, lagRecords);
        return new ObjectiveState(
                defined,
                budget.with(now, observedMs, isLate, defined.windowDays()),
                isLate,
                isLate ? lateSamples + 1 : 0,
                alerts);
    }

    /** The same after its alerts were opened, told of again and resolved. */
    ObjectiveState alerted(long now, long intervalMs, boolean normal, Teller teller) {
        Map<String, AlertState> after = new TreeMap<>(alerts);
        for (Severity severity : Severity.values()) {
            String name = name(severity);
            AlertState open = after.remove(name);
            AlertState next = alerted(open, severity, now, intervalMs, normal, teller);
            if (next != null) {
                after.put(name, next);
            }
        }
        return new ObjectiveState(objective, budget, late, lateSamples, after);
    }

    private AlertState alerted(
            AlertState open, Severity severity, long now, long intervalMs, boolean normal, Teller teller) {
        String reason = reason(severity, now, intervalMs, open != null && !normal);
        if (open == null) {
            if (reason == null) {
                return null;
            }
            AlertState opened = AlertState.opened(now);
            teller.tell(State.OPENED, severity, opened, reason);
            return opened;
        }
        AlertState seen = open.clear(reason == null ? open.clear() + 1 : 0);
        if (seen.clear() >= CLEAR_AFTER) {
            teller.tell(State.RESOLVED, severity, seen.told(now), "it is as it should be");
            return null;
        }
        if (reason != null && now - seen.toldAt() >= REMIND_EVERY_MS) {
            AlertState told = seen.told(now);
            teller.tell(State.STILL, severity, told, reason);
            return told;
        }
        return seen;
    }

    /** Ends what is open, for a reason that is no sample's. */
    void resolve(long now, String reason, Teller teller) {
        for (Severity severity : Severity.values()) {
            AlertState open = alerts.get(name(severity));
            if (open != null) {
                teller.tell(State.RESOLVED, severity, open.told(now), reason);
            }
        }
    }

    /** Null when there is none. @param notNormal whether it is open, and the group not back to what is normal */
    private String reason(Severity severity, long now, long intervalMs, boolean notNormal) {
        if (objective.alert() == AlertOn.BREACH) {
            boolean breach = severity == Severity.TICKET && (lateSamples >= objective.minSamples() || notNormal);
            return breach ? "the group is too late" : null;
        }
        if (objective.alert() == AlertOn.NONE) {
            return null;
        }
        for (BurnRate rate : BurnRate.ALL) {
            if (rate.severity() == severity
                    && rate.isReached(budget, objective, objective.minSamples() * intervalMs, now)) {
                return "the budget goes "
                        + String.format(Locale.ROOT, "%.1f", BurnRate.of(budget, objective, rate.longer(), now))
                        + " times too fast (" + rate.longer().name() + ", "
                        + rate.shorter().name() + ")";
            }
        }
        return null;
    }

    static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
