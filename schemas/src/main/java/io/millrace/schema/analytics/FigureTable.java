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
            Figures.LETTERS),
    CONVERSATIONS(
            "Conversations, by channel and language.",
            List.of(Period.HOUR, Period.DAY),
            List.of(
                    new Dimension("channel", "On which the customer wrote last; null for none."),
                    new Dimension("language", "Of the customer; null while it is not known.")),
            Figures.CONVERSATIONS),
    CONVERSATION_INTENTS(
            "What customers wanted, and who answered.",
            List.of(Period.HOUR, Period.DAY),
            List.of(new Dimension("intent", "As the workflow said; null where it did not.")),
            Figures.INTENTS),
    CONVERSATION_ESCALATIONS(
            "Why people were asked, and how soon they came.",
            List.of(Period.HOUR, Period.DAY),
            List.of(new Dimension("reason", "Why, as the workflow or the platform said.")),
            Figures.ESCALATIONS),
    CRITIC_REFUSALS(
            "What critics refused in conversations, by class: a turn that was refused for two counts for each.",
            List.of(Period.HOUR, Period.DAY),
            List.of(new Dimension("class", "What the critic found.")),
            Figures.REFUSALS);

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

        static final List<Figure> CONVERSATIONS = List.of(
                sum("started", "Conversations that began, by the hour they did."),
                sum("messages", "Messages of customers."),
                sum("turns", "Turns that began: runs of the workflow."),
                sum("answers", "Answers of agents that customers got."),
                sum("withheld", "Turns whose answer nobody got: the customer went on, or a person took over."),
                sum("failed", "Turns that came to nothing."),
                sum(
                        "escalated",
                        "Conversations that a person was asked to take over; again when it was released between."),
                sum("taken_over", "Conversations that a person took over, asked or not."),
                sum("closed", "Conversations that were closed; again when they had been reopened."),
                sum("closed_without_person", "Of closed: since they began nobody was asked, and nobody took over."),
                sum("erased", "Conversations that were erased."),
                sum("rated", "Ratings; one that is given again and is the same does not count."),
                sum("rating_points", "The ratings' sum, 1 to 5 each: divide it by rated."),
                sum("cost_micros", "What turns cost, in millionths of the currency, by the hour they ended."),
                distribution(
                        "first_reply_ms",
                        "From the first message that nobody had answered to the conversation's first answer, of an agent or a person, in milliseconds."),
                distribution(
                        "closed_cost_micros",
                        "What a conversation had cost since it began when it was closed, in millionths of the currency."));

        static final List<Figure> INTENTS = List.of(
                sum("answers", "Answers of agents that customers got."),
                sum("escalated", "Conversations that a person was asked to take over."));

        static final List<Figure> ESCALATIONS = List.of(
                sum("escalated", "Conversations that a person was asked to take over."),
                sum("taken_over", "Of them: a person did, by the hour of that."),
                distribution("person_wait_ms", "From when a person was asked to when one took over, in milliseconds."));

        static final List<Figure> REFUSALS = List.of(sum("refusals", "Turns in which a critic found it."));

        private Figures() {}
    }
}
