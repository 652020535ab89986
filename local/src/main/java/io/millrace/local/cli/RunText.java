package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.RunTree;
import io.millrace.local.workflow.Runs;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs for people. */
final class RunText {
    private static final String NONE = "–";

    private RunText() {}

    static List<String> table(List<WorkflowRun> runs, Instant now) {
        Table table =
                new Table().row("run", "workflow", "state", "started", "took", "waiting for", "cost", "attributes");
        for (WorkflowRun run : runs) {
            table.row(
                    run.runId(),
                    workflow(run),
                    word(run.state()),
                    ago(run.startedAt(), now),
                    took(run, now),
                    run.waitingFor().stream().map(RunText::brief).distinct().collect(Collectors.joining(", ")),
                    Figures.money(run.costMicros()),
                    attributes(run.attributes()));
        }
        return table.lines();
    }

    static List<String> asked(List<Runs.Asked> asked, Instant now) {
        Table table = new Table().row("run", "workflow", "question", "since", "until", "request");
        for (Runs.Asked one : asked) {
            Waiting waiting = one.waiting();
            table.row(
                    one.run().runId(),
                    workflow(one.run()),
                    waiting.name() == null ? NONE : waiting.name(),
                    ago(waiting.since(), now),
                    waiting.until() == null ? NONE : waiting.until().toString(),
                    waiting.token());
        }
        return table.lines();
    }

    /** A run as a tree of its steps. */
    static List<String> show(WorkflowRun run, RunTree tree, Instant now, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(VisibleText.of(run.runId())) + "  " + VisibleText.of(workflow(run)) + "  "
                + painted(run, terminal));
        Table facts = new Table().row("started", ago(run.startedAt(), now) + " ago, took " + took(run, now));
        if (!run.attributes().isEmpty()) {
            facts.row("attributes", attributes(run.attributes()));
        }
        facts.row(
                "cost",
                Figures.money(run.costMicros()) + ", " + Figures.count(run.steps(), "step") + " ended, " + run.retries()
                        + (run.retries() == 1 ? " retry" : " retries"));
        if (run.parentRunId() != null) {
            facts.row("started by", run.parentRunId());
        }
        run.waitingFor().forEach(waiting -> facts.row("waits for", sentence(waiting, now)));
        if (run.error() != null) {
            facts.row("error", error(run.error()));
        }
        lines.addAll(facts.lines());
        lines.addAll(steps(tree));
        if (run.output() != null) {
            lines.add("  output");
            JsonText.pretty(run.output()).lines().forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private static List<String> steps(RunTree tree) {
        List<RunTree.Row> rows = tree.rows();
        if (rows.isEmpty()) {
            return List.of();
        }
        Table table = new Table().row("step", "", "state", "attempts", "took", "cost", "");
        for (RunTree.Row row : rows) {
            table.row(
                    "  ".repeat(row.depth()) + mark(row.state()) + " " + row.name(),
                    (row.kind() == null ? "" : row.kind())
                            + (row.rounds() > 1 ? " × " + Figures.count(row.rounds()) : ""),
                    word(row.state()),
                    Figures.count(row.attempts()),
                    Figures.time(Duration.ofMillis(row.durationMs())),
                    row.costMicros() == 0 ? "" : Figures.money(row.costMicros()),
                    row.detail() == null ? "" : row.detail());
        }
        return table.lines();
    }

    private static String mark(RunTree.State state) {
        return switch (state) {
            case RUNNING -> "▸";
            case WAITING -> "…";
            case COMPLETED -> "✓";
            case FAILED -> "✗";
            case CANCELLED -> "⊘";
            case SKIPPED -> "-";
        };
    }

    /** What happened, in a line. */
    static String line(WorkflowEvent event) {
        StringBuilder line = new StringBuilder()
                .append(event.envelope().occurredAt())
                .append("  ")
                .append(word(event.change()).replace('_', ' '));
        if (event.step() != null && !event.step().isEmpty()) {
            line.append("  ").append(event.step());
            if (event.iteration() != null) {
                line.append(" [").append(event.iteration()).append(']');
            }
        }
        if (event.attempt() > 1) {
            line.append(", attempt ").append(event.attempt());
        }
        if (event.durationMs() != null) {
            line.append(", ").append(Figures.time(Duration.ofMillis(event.durationMs())));
        }
        if (event.costMicros() != null && event.costMicros() > 0) {
            line.append(", cost ").append(Figures.money(event.costMicros()));
        }
        if (event.waitingFor() != null) {
            line.append(", waits for ").append(brief(event.waitingFor()));
        }
        if (event.by() != null) {
            line.append(", by ").append(event.by());
        }
        if (event.error() != null) {
            line.append(": ").append(error(event.error()));
        } else if (event.detail() != null) {
            line.append(": ").append(event.detail());
        }
        return VisibleText.of(line.toString());
    }

    static String error(WorkflowError error) {
        String what = error.title() == null ? error.type() : error.title();
        return what
                + (error.detail() == null ? "" : ": " + error.detail())
                + (error.instance() == null ? "" : " (at " + error.instance() + ")");
    }

    private static String sentence(Waiting waiting, Instant now) {
        String until = waiting.until() == null ? "" : ", until " + waiting.until();
        String text = brief(waiting) + " at " + waiting.step() + ", since " + ago(waiting.since(), now) + until;
        return waiting.kind() == Waiting.Kind.APPROVAL ? text + "; request " + waiting.token() : text;
    }

    private static String brief(Waiting waiting) {
        String name = waiting.name() == null ? "" : " " + waiting.name();
        return switch (waiting.kind()) {
            case AGENT -> "agent" + name;
            case APPROVAL -> "approval:" + name;
            case SIGNAL -> "signal" + name;
            case RUN -> "run" + name;
            case TIME -> "time";
            case RETRY -> "the next attempt";
        };
    }

    private static String workflow(WorkflowRun run) {
        return run.version() == null ? run.workflow() : run.workflow() + " " + run.version();
    }

    private static String painted(WorkflowRun run, Terminal terminal) {
        String state = word(run.state());
        return switch (run.state()) {
            case COMPLETED -> terminal.green(state);
            case FAILED, REFUSED, CANCELLED -> terminal.red(state);
            default -> state;
        };
    }

    private static String attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String took(WorkflowRun run, Instant now) {
        Instant end = run.endedAt() == null ? now : run.endedAt();
        return Figures.time(positive(Duration.between(run.startedAt(), end)));
    }

    private static String ago(Instant since, Instant now) {
        return Figures.time(positive(Duration.between(since, now)));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
