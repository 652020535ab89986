package io.millrace.schema.analytics;

import static io.millrace.schema.analytics.Figure.distribution;
import static io.millrace.schema.analytics.Figure.sum;

import io.millrace.schema.event.EventType;
import java.util.List;

/** The tables of figures: the one place that says what each figure is. docs/analytics.md follows from it. */
public enum FigureTable {
    TASKS(
            "Tasks by priority.",
            List.of(Period.HOUR, Period.DAY),
            List.of(new Dimension("priority", "P1 to P4; null for a task without one.")),
            Figures.TASKS),
    TASK_TAGS(
            "Tasks by tag: a task with two tags counts for each, of more than ten for the first ten; for one without there is no row.",
            List.of(Period.HOUR, Period.DAY),
            List.of(new Dimension("tag", "The tag.")),
            Figures.TASKS),
    RECURRING_TASKS(
            "Recurring tasks, each by itself.",
            List.of(Period.DAY),
            List.of(new Dimension("series_id", "The recurring task: the task_id of its first occurrence.")),
            Figures.TASKS),
    REMINDERS("Reminders.", List.of(Period.HOUR, Period.DAY), List.of(), Figures.REMINDERS),
    AGENT_CALLS(
            "Calls of agents, by the agent that was asked.",
            List.of(Period.HOUR, Period.DAY),
            List.of(
                    new Dimension("agent", "Who was asked."),
                    new Dimension(
                            "answered_by",
                            "Who answered, which is another one after a fallback; null when nobody did.")),
            Figures.CALLS),
    DEAD_LETTERS(
            "What could not be accepted, of all tenants: what can't be read says nothing of whose it is.",
            List.of(Period.HOUR, Period.DAY),
            List.of(
                    new Dimension("topic", "Where it was published; the topic of dead letters where they do not say."),
                    new Dimension("code", "Why it was not accepted.")),
            Figures.LETTERS);

    private final String description;
    private final List<Period> periods;
    private final List<Dimension> dimensions;
    private final List<Figure> figures;

    FigureTable(String description, List<Period> periods, List<Dimension> dimensions, List<Figure> figures) {
        this.description = description;
        this.periods = periods;
        this.dimensions = dimensions;
        this.figures = figures;
    }

    /** Such as {@code agent_calls}. */
    public String tableName() {
        return EventType.wireName(this);
    }

    public String description() {
        return description;
    }

    /** For how long rows are made. */
    public List<Period> periods() {
        return periods;
    }

    public List<Dimension> dimensions() {
        return dimensions;
    }

    public List<Figure> figures() {
        return figures;
    }

    /** Beside the tables, as constants of an enum can't name what stands behind them. */
    private static final class Figures {
        static final List<Figure> TASKS = List.of(
                sum("created", "Tasks that were created, by the hour they were; occurrences of recurring ones too."),
                sum(
                        "completed",
                        "Tasks that were completed, by the hour they were; again when they had been reopened."),
                sum("completed_on_time", "Of completed: not later than they were due."),
                sum("completed_late", "Of completed: later than they were due."),
                sum("overdue", "Tasks that were open when they were due, by the hour of that."),
                sum("reopened", "Tasks that were opened again after they had been closed."),
                sum("deleted", "Tasks that were deleted."));

        static final List<Figure> REMINDERS = List.of(
                sum("sent", "Reminders that were sent, by the hour they were."),
                sum("snoozed", "Of sent: after a snooze."),
                sum("within_objective", "Of sent: no later than the objective, objective.reminder."),
                distribution("late_by_ms", "How long after its time a reminder was sent, in milliseconds."));

        static final List<Figure> CALLS = List.of(
                sum(
                        "calls",
                        "Calls that have their result, by the hour they had; those that wait for an approval not."),
                sum("ok", "Of calls: answered."),
                sum("degraded", "Of calls: answered with what the definition has for when no agent answers."),
                sum("skipped", "Of calls: without an answer, which the definition allows."),
                sum("failed", "Of calls: failed."),
                sum("timed_out", "Of calls: not answered by their deadline."),
                sum("refused", "Of calls: refused, for a budget, an invalid input and so on."),
                sum("within_objective", "Of calls: answered, and within the objective, objective.call."),
                sum("cached", "Of calls: given another call's answer."),
                sum("fell_back", "Of calls: answered by another agent than the one that was asked."),
                sum("retried", "Of calls: with more than one attempt."),
                sum("attempts", "Attempts of all calls."),
                sum("input_tokens", "Tokens that agents were given."),
                sum("output_tokens", "Tokens that agents gave."),
                sum("cost_micros", "What the calls cost, in millionths of the currency."),
                sum("approvals_asked", "Results that said that an approval is needed; once for each time."),
                distribution("total_ms", "From a call to its result, in milliseconds."),
                distribution(
                        "approval_wait_ms",
                        "From the result that asked for an approval to the one after it was given, in milliseconds."));

        static final List<Figure> LETTERS = List.of(sum("letters", "Dead letters, by the hour they were made."));

        private Figures() {}
    }
}
