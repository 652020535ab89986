package io.millrace.operators.workflow;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunEffect;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowInput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers runs and carries out what is decided about them. Its first input, by run, is the inbox, its second all
 * definitions. Its output are records for the topics that they name.
 */
public final class RunOperator extends DecidingOperator<RunState, WorkflowInput, RunCommand, AddressedRecord>
        implements TwoInputStreamOperator<WorkflowInput, WorkflowDefined, AddressedRecord> {
    private static final long serialVersionUID = 1L;

    private static final int HISTOGRAM_SAMPLES = 2_000;
    /** Ids have no control characters. */
    static final char SEPARATOR = '\u001f';

    /**
     * The allowance of the source, 500 ms, and a tenth of a second for clocks and replication: a decision that is logged
     * before an expiry counts, in a replay as it did at first, so that all of them have to be read before it.
     */
    private static final long HELD_BACK_MILLIS = 600;

    private final ProgramReader reader;
    private final RunTopics topics;
    private final ApprovalKey approvalKey;

    private transient Programs programs;
    private transient RunDecider decider;
    private transient RunOutputs outputs;
    private transient Map<Change, Counter> changes;
    private transient Histogram delay;

    public RunOperator(ProgramReader reader, RunTopics topics, ApprovalKey approvalKey) {
        super(SliceClock.JVM, WorkflowState.RUN, WorkflowState.RUNS);
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
    public void open() throws Exception {
        decider = new RunDecider(programs, RunLimits.DEFAULT);
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
        delay = getMetricGroup()
                .histogram(DecisionOperator.DECISION_DELAY_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        super.open();
        getMetricGroup().gauge(DecisionOperator.REMEMBERED_KEYS, (Gauge<Long>) this::total);
    }

    @Override
    protected Map<RunEffect, Counter> counters() {
        Map<RunEffect, Counter> counters = new EnumMap<>(RunEffect.class);
        for (RunEffect effect : RunEffect.values()) {
            counters.put(
                    effect,
                    getMetricGroup()
                            .addGroup(DecisionOperator.EFFECT, effect.name().toLowerCase(Locale.ROOT))
                            .counter(DecisionOperator.DECISIONS));
        }
        return counters;
    }

    @Override
    public void processElement1(StreamRecord<WorkflowInput> element) throws Exception {
        take(element.getValue(), Math.min(element.getTimestamp(), latestLogTime()));
    }

    @Override
    public void processElement2(StreamRecord<WorkflowDefined> element) throws Exception {
        programs.put(element.getValue());
    }

    @Override
    protected Decision<RunState, ?, RunCommand> decide(
            RunState state, WorkflowInput input, long causedAt, long latest) {
        String key = (String) getCurrentKey();
        List<RunCommand> commands = new ArrayList<>();
        RunState woken = Wakes.until(decider, key, state, causedAt, commands::addAll);
        return decider.decide(key, woken, input, causedAt).after(commands);
    }

    @Override
    protected Decision<RunState, ?, RunCommand> wake(String key, RunState state, long time, long latest) {
        List<RunCommand> commands = new ArrayList<>();
        RunState woken = Wakes.until(decider, key, state, time, commands::addAll);
        return new Decision<>(woken, null, commands);
    }

    @Override
    protected long heldBack() {
        return HELD_BACK_MILLIS;
    }

    @Override
    protected long nextWake(RunState state) {
        return decider.nextWake(state);
    }

    @Override
    protected long share(RunState state) {
        return 1;
    }

    @Override
    protected void carryOut(List<RunCommand> commands, long causedAt) {
        for (RunCommand command : commands) {
            if (command instanceof RunCommand.Tell tell) {
                changes.get(tell.event().change()).inc();
            }
            delay.update(Math.max(0, wallClock() - causedAt));
            output.collect(new StreamRecord<>(outputs.of(command), causedAt));
        }
    }
}
