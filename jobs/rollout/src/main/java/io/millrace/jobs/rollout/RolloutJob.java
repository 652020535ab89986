package io.millrace.jobs.rollout;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.rollout.DirectoryState;
import io.millrace.logic.rollout.DirectoryStateCodec;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.rollout.FlagSeenCodec;
import io.millrace.logic.rollout.Plan;
import io.millrace.logic.rollout.RolloutDecider;
import io.millrace.logic.rollout.RolloutDirectory;
import io.millrace.logic.rollout.RolloutFact;
import io.millrace.logic.rollout.RolloutFactCodec;
import io.millrace.logic.rollout.RolloutNews;
import io.millrace.logic.rollout.RolloutNewsCodec;
import io.millrace.logic.rollout.RolloutState;
import io.millrace.logic.rollout.RolloutStateCodec;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.decision.Outlet;
import io.millrace.operators.rollout.CountSignals;
import io.millrace.operators.rollout.TellRollouts;
import io.millrace.operators.rollout.WriteFlags;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.HealthSignalCodec;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutInputCodec;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The rollout job: what roll-outs decide by goes through one topic, their inbox; what they want of flags is written no further
 * back than the flags' own log is. docs/rollout.md lists its settings.
 */
public final class RolloutJob {
    private static final Duration LINGER = Duration.ofMillis(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Input FLAGS =
            Input.of(Topics.FLAGS, "Flags in, and as roll-outs want them out.").compacted();
    private static final Input DEFINITIONS =
            Input.of(Topics.ROLLOUT_DEFINITIONS, "Roll-outs in.").compacted();
    private static final Input COMMANDS = Input.of(Topics.ROLLOUT_COMMANDS, "What somebody wants of roll-outs, in.");
    private static final Input SIGNALS = Input.of(Topics.HEALTH_SIGNALS, "How requests went, in.");
    private static final Input INBOX = Input.of(Topics.ROLLOUT_INBOX, "What roll-outs decide by, out and in.");

    private static final Output INBOX_OUT =
            Output.backTo(INBOX).withUid("rollout-inbox-sink").lingering(LINGER);
    private static final Output FLAGS_OUT = Output.backTo(FLAGS).withUid("flags-sink");
    private static final Output EVENTS = Output.to(Topics.ROLLOUT_EVENTS, "What roll-outs did, and why, out.");
    private static final Output STATUS = Output.to(Topics.ROLLOUT_STATUS, "How roll-outs are, out.")
            .compacted()
            .lingering(LINGER);

    private static final OutputTag<OutboundRecord> REFUSED = new OutputTag<>("refused", OUTBOUND);

    private static final ConfigOption<Duration> INTERVAL = key("interval")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("For how long signals are counted together, from 1 s to 5 min.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "rollout",
            List.of(FLAGS, DEFINITIONS, COMMANDS, SIGNALS, INBOX),
            List.of(FLAGS_OUT, INBOX_OUT, EVENTS, STATUS),
            List.of(INTERVAL),
            // Whoever tries it out looks on.
            Map.of(INTERVAL.key(), "5 s"),
            true,
            RolloutJob::build);

    private RolloutJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        DataStream<FlagSeen> flags = job.read(FLAGS, FlagSeen::read, CodecTypeInfo.by(FlagSeenCodec.class));
        SingleOutputStreamOperator<OutboundRecord> directory = directory(job, flags);
        job.write(directory.union(observed(flags), counted(job)), INBOX_OUT);

        SingleOutputStreamOperator<OutboundRecord> told = job.read(
                        INBOX, RolloutInput::read, CodecTypeInfo.by(RolloutInputCodec.class))
                .keyBy(RolloutInput::flag, Types.STRING)
                .transform("rollouts", CodecTypeInfo.by(RolloutNewsCodec.class), rollouts())
                .uid("rollouts")
                .process(new TellRollouts())
                .returns(OUTBOUND)
                .name("tell-rollouts")
                .uid("tell-rollouts");
        job.write(told.union(directory.getSideOutput(REFUSED)), EVENTS);
        job.write(told.getSideOutput(TellRollouts.STATUSES), STATUS);
        job.write(written(told.getSideOutput(TellRollouts.WANTED), flags), FLAGS_OUT);
    }

    /** Definitions and commands for the inboxes of their flags; under one key, as they concern each other. */
    private static SingleOutputStreamOperator<OutboundRecord> directory(JobPipeline job, DataStream<FlagSeen> flags) {
        TypeInformation<RolloutFact> fact = CodecTypeInfo.by(RolloutFactCodec.class);
        DataStream<RolloutFact> seen =
                flags.map(RolloutFact::of, fact).name("flags-served").uid("flags-served");
        return job.read(DEFINITIONS, RolloutJob::definition, fact)
                .union(job.read(COMMANDS, source -> RolloutFact.of(RolloutCommand.read(source)), fact), seen)
                .keyBy(any -> RolloutDirectory.KEY, Types.STRING)
                .transform("directory", OUTBOUND, directory())
                .uid("directory");
    }

    /** A record without value takes the roll-out away that its key names. */
    private static RolloutFact definition(SourceRecord source) throws RejectedEventException {
        return source.value() == null && source.key() != null
                ? RolloutFact.removed(new String(source.key(), StandardCharsets.UTF_8))
                : RolloutFact.of(Plan.read(source));
    }

    private static DecisionOperator<DirectoryState, RolloutFact, RolloutDirectory.Told, OutboundRecord> directory() {
        return new DecisionOperator<>(
                "directory",
                CodecTypeInfo.by(DirectoryStateCodec.class),
                RolloutDirectory.Effect.class,
                RolloutDirectory::new,
                RolloutJob::send);
    }

    private static void send(RolloutDirectory.Told told, Outlet<OutboundRecord> outlet) {
        if (told.refused() != null) {
            outlet.send(
                    REFUSED,
                    OutboundRecord.of(told.refused().rollout(), told.refused().toJson(), null, null));
        } else {
            outlet.send(outbound(told.input()));
        }
    }

    private static OutboundRecord outbound(RolloutInput input) {
        return OutboundRecord.of(
                input.flag(),
                input.toJson(),
                input.envelope().correlationId(),
                input.envelope().traceparent());
    }

    /** Each flag for its own inbox. */
    private static DataStream<OutboundRecord> observed(DataStream<FlagSeen> flags) {
        return flags.map(seen -> outbound(seen.observed()), OUTBOUND)
                .name("flags-observed")
                .uid("flags-observed");
    }

    private static DataStream<OutboundRecord> counted(JobPipeline job) {
        Duration interval = job.setting(INTERVAL);
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(INTERVAL.key() + ": must be from 1 s to 5 min, is " + interval);
        }
        return job.read(SIGNALS, HealthSignal::read, CodecTypeInfo.by(HealthSignalCodec.class))
                .keyBy(CountSignals::key, Types.STRING)
                .process(new CountSignals(interval.toMillis()), OUTBOUND)
                .name("count-signals")
                .uid("count-signals");
    }

    private static DecisionOperator<RolloutState, RolloutInput, RolloutNews, RolloutNews> rollouts() {
        return DecisionOperator.inLogOrder(
                "rollout",
                CodecTypeInfo.by(RolloutStateCodec.class),
                RolloutDecider.Effect.class,
                RolloutDecider::new,
                (news, outlet) -> outlet.send(news));
    }

    private static DataStream<OutboundRecord> written(DataStream<WantedFlag> wanted, DataStream<FlagSeen> flags) {
        return wanted.keyBy(WantedFlag::flag, Types.STRING)
                .connect(flags.keyBy(FlagSeen::flag, Types.STRING))
                .process(new WriteFlags(), OUTBOUND)
                .name("write-flags")
                .uid("write-flags");
    }
}
