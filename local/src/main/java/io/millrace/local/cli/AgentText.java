package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Fallback;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Retry;
import io.millrace.schema.agent.AgentRegistryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Definitions of agents for people. */
final class AgentText {

    private static final String NONE = "–";

    private AgentText() {}

    static List<String> table(Collection<AgentRegistryEvent> agents) {
        Table table = new Table().row("name", "version", "type", "risk", "transport", "cache", "budget", "fallback");
        for (AgentRegistryEvent event : agents) {
            AgentDefinition agent = event.definition();
            table.row(
                    agent.agent(),
                    agent.version(),
                    agent.type().name(),
                    agent.risk().name(),
                    agent.transport().kind(),
                    seconds(agent.cacheTtlSeconds()),
                    budget(agent.budget()),
                    fallback(agent.fallback()));
        }
        return table.lines();
    }

    static List<String> details(AgentRegistryEvent event) {
        AgentDefinition agent = event.definition();
        Table table = new Table()
                .row("registered", Instant.ofEpochMilli(event.occurredAt()).toString())
                .row("type", agent.type().name())
                .row("risk", agent.risk().name())
                .row("digest", agent.digest())
                .row("critical", agent.critical() ? "yes" : "no")
                .row("capabilities", agent.capabilities().isEmpty() ? NONE : String.join(", ", agent.capabilities()))
                .row("timeout", millis(agent.timeoutMs()))
                .row("retry", retry(agent.retry()))
                .row("cache", seconds(agent.cacheTtlSeconds()))
                .row("fallback", fallback(agent.fallback()))
                .row("rate", rate(agent.rate()))
                .row("budget", budget(agent.budget()))
                .row("model", agent.model() == null ? NONE : agent.model())
                .row(
                        "estimate",
                        Figures.count(agent.estimate().inputTokens()) + " tokens in, "
                                + Figures.count(agent.estimate().outputTokens()) + " out");
        List<String> lines = new ArrayList<>(table.lines());
        json(lines, "transport", agent.transport().settings());
        json(lines, "input schema", agent.inputSchema());
        json(lines, "output schema", agent.outputSchema());
        json(lines, "degraded output", agent.fallback().degradedOutput());
        return lines;
    }

    private static void json(List<String> lines, String title, String json) {
        if (json != null) {
            lines.add("  " + title);
            JsonText.pretty(json).lines().forEach(line -> lines.add("    " + line));
        }
    }

    private static String seconds(int seconds) {
        return seconds == 0 ? NONE : Figures.time(Duration.ofSeconds(seconds));
    }

    private static String millis(int millis) {
        return Figures.time(Duration.ofMillis(millis));
    }

    private static String budget(Budget budget) {
        List<String> limits = new ArrayList<>();
        if (budget.dayMicros() > 0) {
            limits.add(Figures.money(budget.dayMicros()) + " a day");
        }
        if (budget.monthMicros() > 0) {
            limits.add(Figures.money(budget.monthMicros()) + " a month");
        }
        return orNone(limits);
    }

    private static String rate(Rate rate) {
        List<String> limits = new ArrayList<>();
        if (rate.requestsPerMinute() > 0) {
            limits.add(Figures.count(rate.requestsPerMinute()) + " requests a minute");
        }
        if (rate.tokensPerMinute() > 0) {
            limits.add(Figures.count(rate.tokensPerMinute()) + " tokens a minute");
        }
        if (rate.concurrent() > 0) {
            limits.add(Figures.count(rate.concurrent()) + " at once");
        }
        return orNone(limits);
    }

    private static String retry(Retry retry) {
        return retry.maxAttempts() == 1
                ? NONE
                : Figures.count(retry.maxAttempts()) + " attempts, " + millis(retry.initialMs()) + " × "
                        + retry.multiplier() + " up to " + millis(retry.maxMs());
    }

    private static String fallback(Fallback fallback) {
        List<String> steps = new ArrayList<>(fallback.agents());
        if (fallback.then() != Fallback.Then.FAIL) {
            steps.add(fallback.then().name().toLowerCase(Locale.ROOT));
        }
        return orNone(steps);
    }

    private static String orNone(List<String> parts) {
        return parts.isEmpty() ? NONE : String.join(", ", parts);
    }
}
