package io.millrace.jobs.analytics;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.analytics.CallFacts;
import io.millrace.logic.analytics.CallFactsStateCodec;
import io.millrace.logic.analytics.CallResult;
import io.millrace.logic.analytics.CallResultCodec;
import io.millrace.logic.analytics.Contribution;
import io.millrace.logic.analytics.ContributionCodec;
import io.millrace.logic.analytics.ConversationFacts;
import io.millrace.logic.analytics.ConversationFactsStateCodec;
import io.millrace.logic.analytics.DeadLetter;
import io.millrace.logic.analytics.DeadLetterCodec;
import io.millrace.logic.analytics.Fact;
import io.millrace.logic.analytics.FactCodec;
import io.millrace.logic.analytics.FigureDecider;
import io.millrace.logic.analytics.FigureReplay;
import io.millrace.logic.analytics.FigureStateCodec;
import io.millrace.logic.analytics.Once;
import io.millrace.logic.analytics.ReminderFacts;
import io.millrace.logic.analytics.SeenCodec;
import io.millrace.logic.analytics.TaskFacts;
import io.millrace.logic.analytics.TaskFactsStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DeciderFactory;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.analytics.ConversationChange;
import io.millrace.schema.analytics.ConversationChangeCodec;
import io.millrace.schema.analytics.Period;
import io.millrace.schema.analytics.ReminderSent;
import io.millrace.schema.analytics.ReminderSentCodec;
import io.millrace.schema.analytics.TaskChange;
import io.millrace.schema.analytics.TaskChangeCodec;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The analytics job: what counts for what, once each, and the rows that it adds up to. docs/analytics.md lists its settings. */
public final class AnalyticsJob {
    static final String FIGURES_TOLD = "figures_told";

    private static final Input VIEWS = Input.of(Topics.TASK_UPDATES, "Views of tasks in.");
    private static final Input REMINDERS = Input.of(Topics.REMINDERS, "Reminders in.");
    private static final Input RESULTS = Input.of(Topics.AGENT_RESULTS, "Results of calls in.");
    private static final Input CONVERSATIONS =
            Input.of(Topics.CONVERSATION_UPDATES, "Views of conversations in.").keepingLatest();
    private static final Output OUT =
            Output.to(Topics.ANALYTICS, "Figures out.").lingering(Duration.ofMillis(20));

    private static final TypeInformation<Fact> FACT = CodecTypeInfo.by(FactCodec.class);

    private static final ConfigOption<String> DEAD_LETTERS = key("dead-letter-topics")
            .stringType()
            .defaultValue(".*" + Topics.DEAD_LETTER_SUFFIX)
            .withDescription(
                    "Which topics hold dead letters, those made later too: a regular expression (java.util.regex) that the"
                            + " whole name matches.");
    private static final ConfigOption<Duration> EVERY = key("every")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("A row that changes is told at most once in this time.");
    private static final ConfigOption<Duration> LATENESS = key("lateness")
            .durationType()
            .defaultValue(FigureReplay.Settings.DEFAULT.lateness())
            .withDescription("How long after its hour or day a row is closed.");
    private static final ConfigOption<Duration> CORRECTIONS = key("corrections")
            .durationType()
            .defaultValue(FigureReplay.Settings.DEFAULT.corrections())
            .withDescription(
                    "How long after that it is still corrected, and for how long events are remembered by their ids.");
    private static final ConfigOption<Duration> REMINDER_OBJECTIVE = key("objective.reminder")
            .durationType()
            .defaultValue(FigureReplay.Settings.DEFAULT.reminderObjective())
            .withDescription("How late a reminder may be and be within the objective.");
    private static final ConfigOption<Duration> CALL_OBJECTIVE = key("objective.call")
            .durationType()
            .defaultValue(FigureReplay.Settings.DEFAULT.callObjective())
            .withDescription("How long a call of an agent may take and be within the objective.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "analytics",
            List.of(VIEWS, REMINDERS, RESULTS, CONVERSATIONS),
            List.of(OUT),
            List.of(DEAD_LETTERS, EVERY, LATENESS, CORRECTIONS, REMINDER_OBJECTIVE, CALL_OBJECTIVE),
            // Nobody who tries it out waits a minute.
            Map.of(EVERY.key(), "10 s"),
            true,
            AnalyticsJob::build);

    private AnalyticsJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        job.unhurried();
        FigureDecider.Pace pace = new FigureDecider.Pace(
                job.notNegative(EVERY).toMillis(),
                job.notNegative(LATENESS).toMillis(),
                job.notNegative(CORRECTIONS).toMillis());
        DataStream<OutboundRecord> rows = tasks(job)
                .union(reminders(job), calls(job), conversations(job), deadLetters(job))
                .flatMap(AnalyticsJob::contribute, CodecTypeInfo.by(ContributionCodec.class))
                .name("contribute")
                .uid("contribute")
                .keyBy(Contribution::key, Types.STRING)
                .transform(
                        "figures",
                        OUTBOUND,
                        new DecisionOperator<>(
                                "row",
                                CodecTypeInfo.by(FigureStateCodec.class),
                                FigureDecider.Effect.class,
                                () -> new FigureDecider(pace),
                                (row, outlet) -> {
                                    outlet.count(FIGURES_TOLD);
                                    outlet.send(OutboundRecord.of(row.key(), row.toJson(), null, null));
                                }))
                .uid("figures");
        job.write(rows, OUT);
    }

    private static DataStream<Fact> tasks(JobPipeline job) {
        long keep = remembered(job);
        return facts(
                job.read(VIEWS, TaskChange::read, CodecTypeInfo.by(TaskChangeCodec.class)),
                "tasks",
                TaskFacts::task,
                TaskFactsStateCodec.class,
                TaskFacts.Effect.class,
                () -> new TaskFacts(keep));
    }

    private static DataStream<Fact> reminders(JobPipeline job) {
        long keep = remembered(job);
        long objective = job.notNegative(REMINDER_OBJECTIVE).toMillis();
        return facts(
                job.read(REMINDERS, ReminderSent::read, CodecTypeInfo.by(ReminderSentCodec.class)),
                "reminders-once",
                reminder -> reminder.envelope().eventId().toString(),
                SeenCodec.class,
                Once.Effect.class,
                () -> new Once<ReminderSent>(keep, reminder -> ReminderFacts.of(reminder, objective)));
    }

    private static DataStream<Fact> calls(JobPipeline job) {
        long keep = remembered(job);
        long objective = job.notNegative(CALL_OBJECTIVE).toMillis();
        return facts(
                job.read(
                        RESULTS,
                        source -> CallResult.of(AgentResultReader.read(source)),
                        CodecTypeInfo.by(CallResultCodec.class)),
                "calls",
                CallResult::call,
                CallFactsStateCodec.class,
                CallFacts.Effect.class,
                () -> new CallFacts(keep, objective));
    }

    private static DataStream<Fact> conversations(JobPipeline job) {
        long keep = remembered(job);
        return facts(
                job.read(CONVERSATIONS, ConversationChange::read, CodecTypeInfo.by(ConversationChangeCodec.class)),
                "conversations",
                ConversationFacts::conversation,
                ConversationFactsStateCodec.class,
                ConversationFacts.Effect.class,
                () -> new ConversationFacts(keep));
    }

    /** Whatever is in one, it is one: it is counted, and never becomes another. */
    private static DataStream<Fact> deadLetters(JobPipeline job) {
        long keep = remembered(job);
        DataStream<DeadLetter> letters = job.readAll(
                        job.pattern(DEAD_LETTERS),
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST),
                        "dead-letters")
                .map(DeadLetter::of, CodecTypeInfo.by(DeadLetterCodec.class))
                .name("read-dead-letters")
                .uid("read-dead-letters")
                .assignTimestampsAndWatermarks(NeverBehind.strategy())
                .name("never-behind")
                .uid("never-behind");
        return facts(
                letters,
                "dead-letters-once",
                DeadLetter::id,
                SeenCodec.class,
                Once.Effect.class,
                () -> new Once<>(keep, DeadLetter::fact));
    }

    private static long remembered(JobPipeline job) {
        return settings(job).remembered().toMillis();
    }

    private static FigureReplay.Settings settings(JobPipeline job) {
        return new FigureReplay.Settings(
                job.notNegative(LATENESS),
                job.notNegative(CORRECTIONS),
                job.notNegative(REMINDER_OBJECTIVE),
                job.notNegative(CALL_OBJECTIVE));
    }

    /** @param name of the operator, and its uid */
    private static <S, I> DataStream<Fact> facts(
            DataStream<I> events,
            String name,
            KeySelector<I, String> key,
            Class<? extends Codec<S>> state,
            Class<? extends Enum<?>> effects,
            DeciderFactory<S, I, Fact> decider) {
        return events.keyBy(key, Types.STRING)
                .transform(
                        name,
                        FACT,
                        new DecisionOperator<>(
                                "known",
                                CodecTypeInfo.by(state),
                                effects,
                                decider,
                                (fact, outlet) -> outlet.send(fact)))
                .uid(name);
    }

    private static void contribute(Fact fact, Collector<Contribution> rows) {
        for (Period period : fact.table().periods()) {
            rows.collect(Contribution.of(fact, period));
        }
    }
}
