package io.millrace.jobs.slo;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.kafka.lag.LagSettings;
import io.millrace.connectors.kafka.lag.LagSource;
import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.slo.LagCommand;
import io.millrace.logic.slo.LagCommandCodec;
import io.millrace.logic.slo.LagDecider;
import io.millrace.logic.slo.LagInput;
import io.millrace.logic.slo.LagInputCodec;
import io.millrace.logic.slo.LagState;
import io.millrace.logic.slo.LagStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.slo.AssignObjectives;
import io.millrace.operators.slo.ReadDefinitions;
import io.millrace.operators.slo.TellVerdicts;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.LagSampledCodec;
import io.millrace.schema.wire.OutboundRecord;
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

/**
 * The slo job: looks where consumer groups stand, notes it in a topic, and decides by that topic alone how late they
 * are. docs/slo.md lists its settings.
 */
public final class SloJob {
    private static final Input SAMPLES = Input.of(Topics.LAG_SAMPLES, "Where consumer groups stand, out and in.");
    private static final Input DEFINITIONS =
            Input.of(Topics.SLO_DEFINITIONS, "Objectives in.").compacted();
    private static final Output SAMPLES_OUT =
            Output.backTo(SAMPLES).withUid("lag-samples-sink").lingering(Duration.ofMillis(5));
    private static final Output ALERTS = Output.to(Topics.SLO_ALERTS, "Alerts out.");
    private static final Output STATUS = Output.to(Topics.SLO_STATUS, "How consumer groups do, out.")
            .compacted()
            .lingering(Duration.ofMillis(20));

    private static final ConfigOption<Duration> INTERVAL = key("interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("How often it looks where consumer groups stand.");
    private static final ConfigOption<String> GROUPS = key("groups")
            .stringType()
            .defaultValue(".*")
            .withDescription(
                    "At which consumer groups: a regular expression (java.util.regex) that the whole name matches.");
    private static final ConfigOption<Boolean> COMPRESSED = key("read-compressed")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether the first unread record is also read where the topic's compression.type is not uncompressed:"
                            + " then any of its producers can make records that unpack to more than there is memory.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "slo",
            List.of(SAMPLES, DEFINITIONS),
            List.of(SAMPLES_OUT, ALERTS, STATUS),
            List.of(INTERVAL, GROUPS, COMPRESSED),
            // Whoever tries it out looks on.
            Map.of(INTERVAL.key(), "2 s"),
            true,
            SloJob::build);

    private SloJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        job.unhurried();
        look(job);
        DataStream<SourceRecord> definitions = definitions(job);
        SingleOutputStreamOperator<OutboundRecord> statuses = job.read(
                        SAMPLES, LagSampled::read, CodecTypeInfo.by(LagSampledCodec.class))
                .connect(definitions)
                .process(new AssignObjectives(), CodecTypeInfo.by(LagInputCodec.class))
                .name("assign-objectives")
                .uid("assign-objectives")
                .keyBy(LagInput::key, Types.STRING)
                .transform("lag", CodecTypeInfo.by(LagCommandCodec.class), decide())
                .uid("lag")
                .process(new TellVerdicts())
                .returns(OUTBOUND)
                .name("tell-verdicts")
                .uid("tell-verdicts");
        job.write(statuses, STATUS);
        job.write(statuses.getSideOutput(TellVerdicts.ALERTS), ALERTS);
    }

    /** By key, so that the samples of a group are in the order of the looks. */
    private static void look(JobPipeline job) {
        LagSettings settings = new LagSettings(job.setting(INTERVAL), job.pattern(GROUPS), job.setting(COMPRESSED));
        DataStream<OutboundRecord> samples = job.from(
                        new LagSource(job.kafka().adminProperties(), settings), OUTBOUND, "look-at-groups")
                .keyBy(sample -> new String(sample.key(), StandardCharsets.UTF_8), Types.STRING);
        job.write(samples, SAMPLES_OUT);
    }

    /** What of the definitions can be followed, to every task. */
    private static DataStream<SourceRecord> definitions(JobPipeline job) {
        SingleOutputStreamOperator<SourceRecord> accepted = job.read(DEFINITIONS)
                .setParallelism(1)
                .process(new ReadDefinitions())
                .returns(TypeInformation.of(SourceRecord.class))
                .setParallelism(1)
                .name("read-slo-definitions")
                .uid("read-slo-definitions");
        job.rejectedBy(accepted, DEFINITIONS);
        return accepted.broadcast();
    }

    private static DecisionOperator<LagState, LagInput, LagCommand, LagCommand> decide() {
        return new DecisionOperator<>(
                "lag",
                CodecTypeInfo.by(LagStateCodec.class),
                LagDecider.Effect.class,
                LagDecider::new,
                (command, outlet) -> outlet.send(command));
    }
}
