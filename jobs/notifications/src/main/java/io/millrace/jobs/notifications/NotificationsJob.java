package io.millrace.jobs.notifications;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.notification.NotificationCommand;
import io.millrace.logic.notification.NotificationCommand.Send;
import io.millrace.logic.notification.NotificationCommand.Tell;
import io.millrace.logic.notification.NotificationDecider;
import io.millrace.logic.notification.NotificationInput;
import io.millrace.logic.notification.NotificationInputCodec;
import io.millrace.logic.notification.NotificationInputs;
import io.millrace.logic.notification.NotificationInputsCodec;
import io.millrace.logic.notification.NotificationState;
import io.millrace.logic.notification.NotificationStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.decision.Outlet;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The notifications job: decides whether, when and where people are told of things, asks agents to tell them, and writes
 * down what became of it. docs/notifications.md lists its settings.
 */
public final class NotificationsJob {
    static final String NOTIFICATIONS_SENT = "notifications_sent";
    static final String NOTIFICATIONS_TOO_LATE = "notifications_too_late";
    static final String NOTIFICATIONS_DELIVERED = "notifications_delivered";
    static final String NOTIFICATIONS_FAILED = "notifications_failed";

    private static final Input REMINDERS = Input.of(Topics.REMINDERS, "Reminders in.");
    private static final Input APPROVALS = Input.of(Topics.APPROVAL_REQUESTS, "Requests for approval in.");
    private static final Input ESCALATIONS = Input.of(Topics.ESCALATIONS, "Escalations in.");
    private static final Input ALERTS = Input.of(Topics.SLO_ALERTS, "Alerts in.");
    private static final Input PREFERENCES = Input.of(
                    Topics.NOTIFICATION_PREFERENCES, "How people want to be told, in.")
            .compacted();
    private static final Input RESULTS = Input.of(Topics.AGENT_RESULTS, "What became of calls, in.");
    private static final Output CALLS = Output.to(Topics.AGENT_CALLS, "Calls of the agents that tell people, out.");
    private static final Output OUT = Output.to(Topics.NOTIFICATIONS, "What became of notifications, out.");

    static final OutputTag<OutboundRecord> OUTCOMES = new OutputTag<>("outcomes", OUTBOUND);
    private static final TypeInformation<NotificationInputs> INPUTS = CodecTypeInfo.by(NotificationInputsCodec.class);

    private static final ConfigOption<String> ESCALATIONS_TO = key("escalations-to")
            .stringType()
            .defaultValue("desk")
            .withDescription("Whose preferences count for escalations, in each tenant: a name that no user has.");
    private static final ConfigOption<String> ALERTS_TO = key("alerts-to")
            .stringType()
            .defaultValue("on-call")
            .withDescription("Whose preferences count for alerts on objectives without an owner.");
    private static final ConfigOption<Duration> GIVE_UP_AFTER = key("give-up-after")
            .durationType()
            .defaultValue(Duration.ofHours(12))
            .withDescription("For how long it is tried to send a notification, at most 7 days.");
    private static final ConfigOption<Duration> CATCH_UP = key("catch-up")
            .durationType()
            .defaultValue(Duration.ofHours(6))
            .withDescription("A notification is not sent any more when it is later than this.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "notifications",
            List.of(PREFERENCES, REMINDERS, APPROVALS, ESCALATIONS, ALERTS, RESULTS),
            List.of(CALLS, OUT),
            List.of(ESCALATIONS_TO, ALERTS_TO, GIVE_UP_AFTER, CATCH_UP),
            NotificationsJob::build);

    private NotificationsJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        SingleOutputStreamOperator<OutboundRecord> calls = read(job, PREFERENCES, NotificationEvents::preferences)
                .union(
                        read(job, REMINDERS, NotificationEvents::reminder),
                        read(job, APPROVALS, NotificationEvents::approval),
                        read(job, ESCALATIONS, NotificationEvents.escalations(job.setting(ESCALATIONS_TO))),
                        read(job, ALERTS, NotificationEvents.alerts(job.setting(ALERTS_TO))),
                        read(job, RESULTS, NotificationEvents::result))
                .<NotificationInput>flatMap(
                        (inputs, out) -> inputs.all().forEach(out::collect),
                        CodecTypeInfo.by(NotificationInputCodec.class))
                .name("each-person")
                .uid("each-person")
                .keyBy(NotificationInput::person, Types.STRING)
                .transform("notify", OUTBOUND, operator(job))
                .uid("notify");
        job.write(calls, CALLS);
        job.write(calls.getSideOutput(OUTCOMES), OUT);
    }

    private static DataStream<NotificationInputs> read(
            JobPipeline job, Input input, EventReader<NotificationInputs> reader) {
        return job.read(input, reader, INPUTS);
    }

    private static DecisionOperator<NotificationState, NotificationInput, NotificationCommand, OutboundRecord> operator(
            JobPipeline job) {
        long giveUpAfter = job.notNegative(GIVE_UP_AFTER).toMillis();
        if (giveUpAfter < 1 || giveUpAfter > AgentCall.MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException(GIVE_UP_AFTER.key() + ": must be between 1 ms and 7 days");
        }
        return operator((int) giveUpAfter, job.notNegative(CATCH_UP).toMillis());
    }

    /**
     * @param giveUpAfter milliseconds
     * @param catchUp milliseconds
     */
    static DecisionOperator<NotificationState, NotificationInput, NotificationCommand, OutboundRecord> operator(
            int giveUpAfter, long catchUp) {
        return DecisionOperator.inLogOrder(
                "person",
                CodecTypeInfo.by(NotificationStateCodec.class),
                NotificationDecider.Effect.class,
                NotificationDecider::new,
                (command, outlet) -> carryOut(command, giveUpAfter, catchUp, outlet));
    }

    private static void carryOut(
            NotificationCommand command, int giveUpAfter, long catchUp, Outlet<OutboundRecord> outlet) {
        if (command instanceof Tell tell) {
            outlet.count(NotificationOutcomes.isDelivered(tell) ? NOTIFICATIONS_DELIVERED : NOTIFICATIONS_FAILED);
            outlet.send(OUTCOMES, NotificationOutcomes.of(tell));
            return;
        }
        Send send = (Send) command;
        if (outlet.wallClock() - send.decidedAt() > catchUp) {
            outlet.count(NOTIFICATIONS_TOO_LATE);
            return;
        }
        outlet.count(NOTIFICATIONS_SENT);
        outlet.send(NotificationCalls.of(send, giveUpAfter));
    }
}
