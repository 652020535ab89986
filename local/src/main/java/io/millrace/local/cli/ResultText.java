package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A result for people. */
final class ResultText {

    private ResultText() {}

    static List<String> lines(AgentResult result, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(status(result, terminal) + "  "
                + VisibleText.of(result.agent() + answeredBy(result) + ", call " + result.callKey()));
        Table table = new Table();
        if (result.error() != null) {
            table.row(
                    "error",
                    result.error().message() + " (" + result.error().code().wireName() + ")");
        }
        if (result.usage().total() > 0) {
            table.row(
                    "tokens",
                    Figures.count(result.usage().inputTokens()) + " in, "
                            + Figures.count(result.usage().outputTokens()) + " out");
        }
        table.row("cost", Figures.money(result.costMicros()))
                .row("attempts", Integer.toString(result.attempts()))
                .row("cached", result.cached() ? "yes: another call's answer, kept or in flight" : "no")
                .row("time", time(result));
        lines.addAll(table.lines());
        if (result.output() != null) {
            lines.addAll(JsonText.pretty(result.output()).lines().toList());
        }
        return lines;
    }

    private static String status(AgentResult result, Terminal terminal) {
        String name = result.status().name();
        return switch (result.status()) {
            case OK -> terminal.green(name);
            case DEGRADED, SKIPPED -> terminal.bold(name);
            case FAILED, TIMED_OUT, REFUSED -> terminal.red(name);
        };
    }

    private static String answeredBy(AgentResult result) {
        return result.answeredBy() == null || result.answeredBy().equals(result.agent())
                ? ""
                : ", answered by " + result.answeredBy();
    }

    /** What is neither waiting nor the agent is the platform, and waits between attempts. */
    private static String time(AgentResult result) {
        return Figures.time(Duration.ofMillis(result.totalMs())) + " in all: "
                + Figures.time(Duration.ofMillis(result.queuedMs())) + " waiting, "
                + Figures.time(Duration.ofMillis(result.agentMs())) + " the agent";
    }
}
