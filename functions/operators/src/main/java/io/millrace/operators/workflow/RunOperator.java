package io.millrace.operators.workflow;

import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunEffect;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.decision.DeciderOperator;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowInput;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers runs and carries out what is decided about them. Its first input, by run, is the inbox, its second all
 * definitions. Its output are records for the topics that they name.
 */
public final class RunOperator extends DeciderOperator<RunState, WorkflowInput, RunCommand, AddressedRecord>
        implements TwoInputStreamOperator<WorkflowInput, WorkflowDefined, AddressedRecord> {
    private static final long serialVersionUID = 1L;

    /** Ids have no control characters. */
    static final char SEPARATOR = '\u001f';

    private final ProgramReader reader;
    private final RunTopics topics;
    private final ApprovalKey approvalKey;

    private transient Programs programs;
    private transient RunOutputs outputs;
    private transient Map<Change, Counter> changes;

    public RunOperator(ProgramReader reader, RunTopics topics, ApprovalKey approvalKey) {
        super(WorkflowState.RUN, WorkflowState.RUNS, RunEffect.class);
        this.reader = reader;
        this.topics = topics;
        this.approvalKey = approvalKey;
    }

    /** By what inputs are keyed: run ids are unique in their tenant alone. */
    public static String key(WorkflowInput input) {
        return input.envelope().tenant() + SEPARATOR + input.runId();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        programs = new Programs(context.getOperatorStateStore().getBroadcastState(WorkflowState.TEXTS), reader);
    }

    @Override
    protected RunDecider makeDecider() {
        return new RunDecider(programs, RunLimits.DEFAULT);
    }

    @Override
    public void open() throws Exception {
        outputs =
                new RunOutputs(topics, new AgentCalls(approvalKey.read(), approvalKey.file() != null, topics.inbox()));
        changes = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            changes.put(
                    change,
                    getMetricGroup()
                            .addGroup(WorkflowMetrics.CHANGE, change.name().toLowerCase(Locale.ROOT))
                            .counter(WorkflowMetrics.WORKFLOW_EVENTS));
        }
        super.open();
    }

    @Override
    public void processElement1(StreamRecord<WorkflowInput> element) throws Exception {
        take(element);
    }

    @Override
    public void processElement2(StreamRecord<WorkflowDefined> element) throws Exception {
        programs.put(element.getValue());
    }

    @Override
    protected long heldBack() {
        // A decision that is logged before an expiry counts, in a replay as it did at first.
        return LogTime.IN_LOG_ORDER_MILLIS;
    }

    @Override
    protected void carryOut(RunCommand command, long causedAt) {
        if (command instanceof RunCommand.Tell tell) {
            changes.get(tell.event().change()).inc();
        }
        output.collect(new StreamRecord<>(outputs.of(command), causedAt));
    }
}
