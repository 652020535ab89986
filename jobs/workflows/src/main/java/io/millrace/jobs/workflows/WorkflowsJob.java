package io.millrace.jobs.workflows;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.BindingFactCodec;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.workflow.BindStarts;
import io.millrace.operators.workflow.FollowAgents;
import io.millrace.operators.workflow.FollowFlags;
import io.millrace.operators.workflow.ReadWorkflowDefinitions;
import io.millrace.operators.workflow.RunOperator;
import io.millrace.operators.workflow.RunTopics;
import io.millrace.operators.workflow.WorkflowState;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowCommandCodec;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowDefinedCodec;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowInputCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The workflows job: starts are bound to definitions, and everything that a run decides by goes through one topic, its
 * inbox. docs/workflows.md lists its settings.
 */
public final class WorkflowsJob {
    /** Each step of a run waits for this twice, and the broker has a request for all that came meanwhile. */
    private static final Duration LINGER = Duration.ofMillis(1);

    private static final Input DEFINITIONS =
            Input.of(Topics.WORKFLOW_DEFINITIONS, "Workflows in.").compacted();
    private static final Input AGENTS = Input.of(Topics.AGENT_REGISTRY, "Agents in, to know which need an approval.")
            .compacted()
            .judgedElsewhere();
    private static final Input FLAGS = Input.of(Topics.FLAGS, "Flags in: which version of a workflow a start gets.")
            .compacted()
            .judgedElsewhere();
    private static final Input COMMANDS =
            Input.of(Topics.WORKFLOW_COMMANDS, "Commands in, and starts of child runs out.");
    private static final Input DECISIONS = Input.of(Topics.APPROVAL_DECISIONS, "Decisions of people in.");
    private static final Input INBOX = Input.of(Topics.WORKFLOW_INBOX, "What runs decide by, out and in.");

    private static final Output INBOX_OUT =
            Output.backTo(INBOX).withUid("workflow-inbox-sink").lingering(LINGER);
    private static final Output EVENTS =
            Output.to(Topics.WORKFLOW_EVENTS, "What happens in runs, out.").lingering(LINGER);
    private static final Output CALLS =
            Output.to(Topics.AGENT_CALLS, "Calls of agents out.").besides(EVENTS);
    private static final Output REQUESTS =
            Output.to(Topics.APPROVAL_REQUESTS, "Requests for approval out.").besides(EVENTS);
    private static final Output RUNS =
            Output.to(Topics.WORKFLOW_RUNS, "How runs are, out.").compacted().besides(EVENTS);
    private static final Output STARTS = Output.backTo(COMMANDS).besides(EVENTS);
    private static final Output EMITTED =
            Output.to(Topics.WORKFLOW_EMITTED, "What runs emit, out.").besides(EVENTS);

    private static final Output SIGNALS = Output.to(
                    Topics.HEALTH_SIGNALS, "How runs went whose version a flag chose, out.")
            .besides(EVENTS);

    private static final ConfigOption<Duration> DEFINITION_WAIT = key("definition-wait")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription("For how long a start waits for its definition.");
    private static final ConfigOption<String> APPROVAL_KEY_FILE = key("approval.key-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "File on every TaskManager with the key of approvals, the same as the agents job has; without it no call of an agent is"
                            + " made that needs an approval.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "workflows",
            List.of(DEFINITIONS, AGENTS, FLAGS, COMMANDS, DECISIONS, INBOX),
            List.of(INBOX_OUT, EVENTS, CALLS, REQUESTS, RUNS, STARTS, EMITTED, SIGNALS),
            List.of(DEFINITION_WAIT, APPROVAL_KEY_FILE),
            Map.of(APPROVAL_KEY_FILE.key(), "${data}/approval.key"),
            WorkflowsJob::build);

    private WorkflowsJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        SingleOutputStreamOperator<WorkflowDefined> definitions = definitions(job);
        DataStream<OutboundRecord> decisions = job.read(DECISIONS, WorkflowsJob::decision, OUTBOUND);
        job.write(
                bound(job, definitions.getSideOutput(ReadWorkflowDefinitions.FACTS))
                        .union(decisions),
                INBOX_OUT);

        DataStream<AddressedRecord> told = job.read(
                        INBOX, WorkflowInput::read, CodecTypeInfo.by(WorkflowInputCodec.class))
                .keyBy(RunOperator::key, Types.STRING)
                .connect(definitions.broadcast())
                .transform("runs", TypeInformation.of(AddressedRecord.class), runs(job))
                .uid("runs");
        job.writeAddressed(told, EVENTS, CALLS, REQUESTS, RUNS, STARTS, EMITTED, SIGNALS);
    }

    /** With a parallelism of one, so that all see them in one order. */
    private static SingleOutputStreamOperator<WorkflowDefined> definitions(JobPipeline job) {
        SingleOutputStreamOperator<WorkflowDefined> accepted = job.read(DEFINITIONS)
                .setParallelism(1)
                .process(new ReadWorkflowDefinitions(DefinitionReader::read))
                .returns(CodecTypeInfo.by(WorkflowDefinedCodec.class))
                .setParallelism(1)
                .name("read-workflow-definitions")
                .uid("read-workflow-definitions");
        job.rejectedBy(accepted, DEFINITIONS);
        return accepted;
    }

    /** Commands for the inboxes of their runs, starts with what they are bound to. */
    private static DataStream<OutboundRecord> bound(JobPipeline job, DataStream<BindingFact> definitions) {
        DataStream<BindingFact> agents = job.read(AGENTS)
                .setParallelism(1)
                .process(new FollowAgents())
                .returns(CodecTypeInfo.by(BindingFactCodec.class))
                .setParallelism(1)
                .name("follow-agents")
                .uid("follow-agents");
        DataStream<BindingFact> flags = job.read(FLAGS)
                .setParallelism(1)
                .process(new FollowFlags())
                .returns(CodecTypeInfo.by(BindingFactCodec.class))
                .setParallelism(1)
                .name("follow-flags")
                .uid("follow-flags");
        return job.read(COMMANDS, WorkflowCommand::read, CodecTypeInfo.by(WorkflowCommandCodec.class))
                .keyBy(BindStarts::key, Types.STRING)
                .connect(definitions.union(agents, flags).broadcast(WorkflowState.DEFINITIONS, WorkflowState.AGENTS))
                .process(new BindStarts(job.notNegative(DEFINITION_WAIT)), OUTBOUND)
                .name("bind-starts")
                .uid("bind-starts");
    }

    /** A decision for the inbox of its run, which says whether it counts. */
    private static OutboundRecord decision(SourceRecord source) throws RejectedEventException {
        ApprovalDecided decided = ApprovalDecided.read(source);
        return OutboundRecord.of(
                decided.runId(),
                decided.toJson(),
                decided.envelope().correlationId(),
                decided.envelope().traceparent());
    }

    private static RunOperator runs(JobPipeline job) {
        RunTopics topics = new RunTopics(
                job.topic(INBOX),
                job.topic(COMMANDS),
                job.topic(CALLS),
                job.topic(REQUESTS),
                job.topic(EVENTS),
                job.topic(RUNS),
                job.topic(EMITTED),
                job.topic(SIGNALS));
        return new RunOperator(DefinitionReader::read, topics, new ApprovalKey(job.setting(APPROVAL_KEY_FILE)));
    }
}
