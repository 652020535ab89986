package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objectives and statuses for people. */
final class SloText {
    private static final String NONE = "–";
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int WHOLE = 1_000;

    private SloText() {}

    static List<String> objectives(Collection<SloDefined> objectives, List<SloStatus> statuses) {
        if (objectives.isEmpty()) {
            return List.of();
        }
        Table table = new Table()
                .row("objective", "groups", "topics", "at most", "target", "for", "late now", "budget left", "alerts");
        for (SloDefined objective : objectives) {
            List<SloStatus.Objective> held = statuses.stream()
                    .flatMap(status -> status.objectives().stream())
                    .filter(status -> status.objective().equals(objective.name()))
                    .toList();
            Optional<SloStatus.Objective> worst =
                    held.stream().min(Comparator.comparingDouble(SloStatus.Objective::budgetLeft));
            long late = held.stream().filter(SloStatus.Objective::late).count();
            table.row(
                    objective.name(),
                    names(objective.group(), objective.groupPattern()),
                    names(objective.topic(), objective.topicPattern()),
                    limits(objective),
                    worst.map(one -> percent(one.target())).orElse(NONE),
                    worst.map(one -> one.windowDays() + " d").orElse(NONE),
                    Figures.count(late) + " of " + Figures.count(held.size()),
                    worst.map(one -> percent(one.budgetLeft())).orElse(NONE),
                    alerts(held.stream()));
        }
        return table.lines();
    }

    private static String names(String exact, String pattern) {
        return exact != null ? exact : pattern != null ? pattern : "all";
    }

    private static String limits(SloDefined objective) {
        List<String> limits = new ArrayList<>();
        if (objective.maxLagSeconds() != null) {
            limits.add(Figures.time(Duration.ofSeconds(objective.maxLagSeconds())));
        }
        if (objective.maxLagRecords() != null) {
            limits.add(Figures.count(objective.maxLagRecords(), "record"));
        }
        return String.join(", ", limits);
    }

    private static String alerts(Stream<SloStatus.Objective> objectives) {
        String alerts = objectives
                .flatMap(objective -> objective.alerts().stream())
                .distinct()
                .sorted()
                .map(SloText::word)
                .collect(Collectors.joining(", "));
        return alerts.isEmpty() ? NONE : alerts;
    }

    static List<String> overview(List<SloStatus> statuses, Instant now, boolean drawn) {
        Table table =
                new Table().row("group", "topic", "verdict", "late by", "unread", "since", "budget left", "alerts");
        for (SloStatus status : statuses) {
            Optional<SloStatus.Objective> worst =
                    status.objectives().stream().min(Comparator.comparingDouble(SloStatus.Objective::budgetLeft));
            table.row(
                    status.group(),
                    status.topic(),
                    word(status.verdict()),
                    lag(status.lagMs(), status.atLeast()),
                    Figures.count(status.lagRecords()),
                    ago(status.since(), now),
                    worst.map(one -> budget(one, drawn)).orElse(NONE),
                    alerts(status.objectives().stream()));
        }
        return table.lines();
    }

    static List<String> details(SloStatus status, Instant now, boolean drawn) {
        Table facts = new Table()
                .row("verdict", word(status.verdict()) + ", since " + ago(status.since(), now))
                .row("late by", lag(status.lagMs(), status.atLeast()))
                .row(
                        "unread",
                        Figures.count(status.lagRecords(), "record") + " in "
                                + Figures.count(status.laggingPartitions()) + " of "
                                + Figures.count(status.partitionCount(), "partition"))
                .row("members", word(status.members()))
                .row("seen", ago(status.envelope().occurredAt(), now) + " ago");
        if (status.unreadDeletedAt() != null) {
            facts.row("deleted unread", "from " + status.unreadDeletedAt() + ", if it goes on like this");
        }
        if (status.problem() != null) {
            facts.row("problem", status.problem());
        }
        List<String> lines = new ArrayList<>(facts.lines());
        if (!status.partitions().isEmpty()) {
            Table table = new Table().row("partition", "verdict", "late by", "unread", "committed", "end");
            for (SloStatus.Partition partition : status.partitions()) {
                table.row(
                        Integer.toString(partition.partition()),
                        word(partition.verdict()),
                        lag(partition.lagMs(), partition.atLeast()),
                        Figures.count(partition.lagRecords()),
                        partition.committed() == null ? NONE : Long.toString(partition.committed()),
                        Long.toString(partition.end()));
            }
            lines.addAll(table.lines());
        }
        Table table = new Table().row("objective", "budget left", "bad", "unobserved", "burn rates", "ends", "alerts");
        for (SloStatus.Objective objective : status.objectives()) {
            table.row(
                    objective.objective() + (objective.late() ? " (late)" : ""),
                    budget(objective, drawn),
                    Figures.time(Duration.ofSeconds(objective.badSeconds())),
                    Figures.time(Duration.ofSeconds(objective.unobservedSeconds())),
                    rates(objective.burnRates()),
                    objective.budgetEndsAt() == null
                            ? NONE
                            : "in " + Figures.time(positive(Duration.between(now, objective.budgetEndsAt()))),
                    alerts(Stream.of(objective)));
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** The shorter windows first. */
    private static String rates(Map<String, Double> rates) {
        String text = Stream.of("5m", "1h", "6h", "1d", "3d")
                .filter(window -> rates.getOrDefault(window, 0.0) > 0)
                .map(window -> window + " " + rates.get(window))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? NONE : text;
    }

    /** @param drawn whether how it went is drawn, as on a terminal; its ends are said otherwise */
    private static String budget(SloStatus.Objective objective, boolean drawn) {
        String left = percent(objective.budgetLeft());
        return drawn && !objective.history().isEmpty() ? left + " " + line(objective.history()) : left;
    }

    static String line(List<Integer> history) {
        StringBuilder line = new StringBuilder();
        for (int left : history) {
            int height = Math.max(0, Math.min(WHOLE, left)) * (BLOCKS.length() - 1) / WHOLE;
            line.append(BLOCKS.charAt(height));
        }
        return line.toString();
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.3f", share * 100);
        return text.replaceFirst("\\.?0+$", "") + " %";
    }

    private static String lag(long millis, boolean atLeast) {
        return (atLeast ? "≥ " : "") + Figures.time(Duration.ofMillis(millis));
    }

    private static String ago(Instant since, Instant now) {
        return Figures.time(positive(Duration.between(since, now)));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
