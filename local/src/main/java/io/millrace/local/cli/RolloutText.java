package io.millrace.local.cli;

import io.millrace.local.terminal.Table;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.Evidence;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Roll-outs for people. */
final class RolloutText {
    private static final String NONE = "–";
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int SHOWN_EVENTS = 20;

    private RolloutText() {}

    static List<String> overview(List<RolloutStatus> statuses) {
        if (statuses.isEmpty()) {
            return List.of();
        }
        Table table = new Table().row("roll-out", "flag", "phase", "of 100", "step", "near", "due", "waits for");
        for (RolloutStatus status : statuses) {
            table.row(
                    status.rollout(),
                    status.flag(),
                    phase(status),
                    Integer.toString(status.percent()),
                    status.step() + " of " + status.steps().size(),
                    near(status),
                    status.dueAt() == null ? NONE : status.dueAt().toString(),
                    status.waits() == null ? NONE : status.waits());
        }
        return table.lines();
    }

    private static String phase(RolloutStatus status) {
        return word(status.phase()) + (status.frozen() ? ", frozen" : "");
    }

    private static String near(RolloutStatus status) {
        List<Double> path = status.path();
        return path.isEmpty() ? NONE : String.format(Locale.ROOT, "%.2f", path.get(path.size() - 1));
    }

    /** @param drawn whether the way to a roll-back is drawn, for a terminal */
    static List<String> details(RolloutStatus status, boolean drawn) {
        List<String> lines = new ArrayList<>();
        Table facts = new Table()
                .row("phase", phase(status))
                .row("steps", steps(status))
                .row("since", status.since().toString())
                .row("due", status.dueAt() == null ? NONE : status.dueAt().toString())
                .row("waits for", status.waits() == null ? NONE : status.waits());
        if (drawn && !status.path().isEmpty()) {
            facts.row("way", path(status.path()) + " of the way to a roll-back");
        }
        if (status.sampleRatioOff()) {
            facts.row("shares", "the variants' shares of the requests are not what the flag says");
        }
        lines.addAll(facts.lines());
        if (!status.evidence().isEmpty()) {
            lines.add("");
            lines.addAll(evidence(status.evidence()));
        }
        return lines;
    }

    /** The one it is in is in brackets. */
    private static String steps(RolloutStatus status) {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < status.steps().size(); i++) {
            boolean isNow = i + 1 == status.step() && status.phase() != RolloutPhase.ROLLED_BACK;
            steps.append(i == 0 ? "" : " → ")
                    .append(
                            isNow
                                    ? "[" + status.steps().get(i) + "]"
                                    : status.steps().get(i));
        }
        return steps + "; " + status.percent() + " of 100 have it";
    }

    /** Full height is a roll-back. */
    static String path(List<Double> path) {
        StringBuilder line = new StringBuilder();
        for (double near : path) {
            int height = (int) Math.floor(near * (BLOCKS.length() - 1));
            line.append(BLOCKS.charAt(Math.max(0, Math.min(BLOCKS.length() - 1, height))));
        }
        return line.toString();
    }

    private static List<String> evidence(List<Evidence> evidence) {
        Table table = new Table().row("metric", "new", "old", "odds", "wealth", "roll-back at");
        for (Evidence each : evidence) {
            table.row(
                    each.metric() + (each.thresholdMs() == null ? "" : " > " + each.thresholdMs() + " ms"),
                    figures(each.newCount(), each.newRequests()),
                    figures(each.oldCount(), each.oldRequests()),
                    each.ratio() == null ? NONE : String.format(Locale.ROOT, "× %.2f", each.ratio()),
                    String.format(Locale.ROOT, "10^%.1f", each.wealth()),
                    String.format(Locale.ROOT, "10^%.1f", each.needed()));
        }
        return table.lines();
    }

    private static String figures(double count, double requests) {
        String share = requests > 0 ? String.format(Locale.ROOT, " (%.2f %%)", 100 * count / requests) : "";
        return String.format(Locale.ROOT, "%.0f of %.0f", count, requests) + share;
    }

    /** The latest, the oldest of them first. */
    static List<String> events(List<RolloutEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Table table = new Table();
        for (RolloutEvent event : events.subList(Math.max(0, events.size() - SHOWN_EVENTS), events.size())) {
            table.row(
                    event.envelope().occurredAt().toString(),
                    word(event.kind()),
                    event.percentBefore() == event.percent()
                            ? Integer.toString(event.percent())
                            : event.percentBefore() + " → " + event.percent(),
                    event.by() == null ? NONE : event.by(),
                    event.reason());
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    static String word(Enum<?> constant) {
        return EventType.wireName(constant).replace('_', ' ');
    }
}
