package io.millrace.logic.analytics;

import io.millrace.logic.decision.Replay;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.analytics.ConversationChange;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.FiguresCounted.Status;
import io.millrace.schema.analytics.Period;
import io.millrace.schema.analytics.ReminderSent;
import io.millrace.schema.analytics.TaskChange;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Works the figures out anew from what was logged, by the analytics job's own rules, in plain Java. What it comes to is
 * what the job has to have told, whatever crashed in between.
 */
public final class FigureReplay {
    /** As the job's default; only which revisions a row has depends on it. */
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Replay<TaskFacts.State, TaskChange, Fact> tasks;
    private final Replay<Once.Seen, ReminderSent, Fact> reminders;
    private final Replay<CallFacts.State, CallResult, Fact> calls;
    private final Replay<ConversationFacts.State, ConversationChange, Fact> conversations;
    private final Replay<Once.Seen, DeadLetter, Fact> letters;
    private final Replay<FigureState, Contribution, FiguresCounted> figures;
    private final SortedMap<String, FiguresCounted> rows = new TreeMap<>();

    /** What the job was told, by the names of its settings. */
    public record Settings(
            Duration lateness, Duration corrections, Duration reminderObjective, Duration callObjective) {
        /** The job's defaults. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofMinutes(10), Duration.ofDays(7), Duration.ofSeconds(1), Duration.ofSeconds(30));

        /** For how long events are remembered by their ids: as long as any row takes what they add. */
        public Duration remembered() {
            return corrections.plus(lateness).plusDays(1);
        }
    }

    public FigureReplay(Settings settings) {
        long keep = settings.remembered().toMillis();
        long reminder = settings.reminderObjective().toMillis();
        tasks = new Replay<>(new TaskFacts(keep), this::count);
        reminders = new Replay<>(new Once<>(keep, sent -> ReminderFacts.of(sent, reminder)), this::count);
        calls = new Replay<>(new CallFacts(keep, settings.callObjective().toMillis()), this::count);
        conversations = new Replay<>(new ConversationFacts(keep), this::count);
        letters = new Replay<>(new Once<>(keep, DeadLetter::fact), this::count);
        figures = new Replay<>(
                new FigureDecider(new FigureDecider.Pace(
                        EVERY.toMillis(),
                        settings.lateness().toMillis(),
                        settings.corrections().toMillis())),
                (row, time) -> rows.put(row.key(), row));
    }

    /**
     * The next record of any topic, by log time; those of a partition in the order of their offsets.
     *
     * @return whether figures are made of such records, and it could be read
     */
    public boolean read(SourceRecord record) {
        long time = record.timestamp();
        until(time);
        try {
            switch (record.topic()) {
                case Topics.TASK_UPDATES -> {
                    TaskChange change = TaskChange.read(record);
                    tasks.decide(TaskFacts.task(change), change, time);
                }
                case Topics.REMINDERS -> {
                    ReminderSent reminder = ReminderSent.read(record);
                    reminders.decide(reminder.envelope().eventId().toString(), reminder, time);
                }
                case Topics.AGENT_RESULTS -> {
                    CallResult result = CallResult.of(AgentResultReader.read(record));
                    calls.decide(result.call(), result, time);
                }
                case Topics.CONVERSATION_UPDATES -> {
                    ConversationChange change = ConversationChange.read(record);
                    conversations.decide(ConversationFacts.conversation(change), change, time);
                }
                default -> {
                    if (!record.topic().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
                        return false;
                    }
                    DeadLetter letter = DeadLetter.of(record);
                    letters.decide(letter.id(), letter, time);
                }
            }
            return true;
        } catch (RejectedEventException e) {
            // The job has made a dead letter of it.
            return false;
        }
    }

    /** Time passes, up to there: milliseconds since the epoch. */
    public void until(long time) {
        tasks.until(time);
        reminders.until(time);
        calls.until(time);
        conversations.until(time);
        letters.until(time);
        figures.until(time);
    }

    /** The rows whose time is over, and to which nothing was added that is not told yet, by their keys. */
    public SortedMap<String, FiguresCounted> settledRows() {
        SortedMap<String, FiguresCounted> settled = new TreeMap<>(rows);
        settled.values().removeIf(row -> row.status() == Status.OPEN);
        figures.states().forEach((key, state) -> {
            if (state.changedAt() != 0) {
                settled.remove(key);
            }
        });
        return settled;
    }

    private void count(Fact fact, long time) {
        figures.until(time);
        for (Period period : fact.table().periods()) {
            Contribution contribution = Contribution.of(fact, period);
            figures.decide(contribution.key(), contribution, time);
        }
    }
}
