package io.millrace.jobs.digest;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.digest.DigestDecider;
import io.millrace.logic.digest.DigestSchedule;
import io.millrace.logic.digest.DigestState;
import io.millrace.logic.digest.DigestStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.decision.Outlet;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.TaskSummary;
import io.millrace.schema.task.TaskSummaryCodec;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The digest job: follows each person's tasks, and tells them at times of the day. docs/digest.md lists its settings. */
public final class DigestJob {
    static final String DIGESTS = "digests";
    static final String DIGESTS_TOO_LATE = "digests_too_late";

    private static final Input VIEWS = Input.of(Topics.TASK_UPDATES, "Views of tasks in.");
    private static final Output OUT = Output.to(Topics.DIGESTS, "Digests out.").lingering(Duration.ofMillis(5));

    private static final ConfigOption<String> SCHEDULE = key("schedule")
            .stringType()
            .defaultValue("0 8 * * *")
            .withDescription(
                    "When digests are made, by the clock of whoever gets them: a cron expression of five fields.");
    private static final ConfigOption<String> TIME_ZONE = key("time-zone")
            .stringType()
            .defaultValue("UTC")
            .withDescription("The time zone of people whose tasks have none.");
    private static final ConfigOption<Duration> CATCH_UP = key("catch-up")
            .durationType()
            .defaultValue(Duration.ofHours(6))
            .withDescription("A digest is not sent any more when it is later than this.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "digest",
            List.of(VIEWS),
            List.of(OUT),
            List.of(SCHEDULE, TIME_ZONE, CATCH_UP),
            // Nobody who tries it out waits for the morning.
            Map.of(SCHEDULE.key(), "* * * * *"),
            DigestJob::build);

    private DigestJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        DataStream<OutboundRecord> digests = job.read(
                        VIEWS, TaskSummary::read, CodecTypeInfo.by(TaskSummaryCodec.class))
                .keyBy(DigestDecider::person, Types.STRING)
                .transform("digest", OUTBOUND, operator(job))
                .uid("digest");
        job.write(digests, OUT);
    }

    private static DecisionOperator<DigestState, TaskSummary, Digest, OutboundRecord> operator(JobPipeline job) {
        String schedule = job.setting(SCHEDULE);
        String zone = job.setting(TIME_ZONE);
        long catchUp = job.notNegative(CATCH_UP).toMillis();
        DigestSchedule.check(schedule, zone);
        return new DecisionOperator<>(
                "person",
                CodecTypeInfo.by(DigestStateCodec.class),
                DigestDecider.Effect.class,
                () -> new DigestDecider(new DigestSchedule(schedule, zone)),
                (digest, outlet) -> send(digest, catchUp, outlet));
    }

    private static void send(Digest digest, long catchUp, Outlet<OutboundRecord> outlet) {
        long now = outlet.wallClock();
        if (now - digest.scheduledAt().toEpochMilli() > catchUp) {
            outlet.count(DIGESTS_TOO_LATE);
            return;
        }
        outlet.count(DIGESTS);
        byte[] sent = digest.sent(Instant.ofEpochMilli(now)).toJson();
        outlet.send(OutboundRecord.of(digest.userId(), sent, null, null));
    }
}
