package io.millrace.operators.workflow;

import io.millrace.logic.workflow.bind.Binding;
import io.millrace.logic.workflow.bind.BindingFact;
import io.millrace.logic.workflow.bind.DefinitionBook;
import io.millrace.logic.workflow.bind.KnownAgent;
import io.millrace.logic.workflow.bind.KnownDefinition;
import io.millrace.logic.workflow.bind.VersionChoice;
import io.millrace.logic.workflow.bind.WaitingStart;
import io.millrace.logic.workflow.bind.WaitingStart.Behind;
import io.millrace.operators.flag.FlagsState;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Takes commands to the inboxes of their runs; a start when it is bound to a definition, of the version that it names or a
 * flag chooses. It is bound once all inputs are read up to its log time; one that names no version once they have proven
 * to be, so that it sees what was published before it. A start whose definition is not
 * there waits, and what comes for the run waits behind it. After a crash it may be bound to something else, and be told a
 * second time: of two records with one id the run follows the first.
 */
public final class BindStarts
        extends KeyedBroadcastProcessFunction<String, WorkflowCommand, BindingFact, OutboundRecord>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    /** As many as the agents job knows. */
    private static final int MOST_AGENTS = 50_000;

    private final long patienceMillis;

    private transient ValueState<WaitingStart> waiting;
    private transient DefinitionBook book;
    private transient FlagsState flags;
    private transient int agents;
    private transient WaitingRoom room;
    private transient Counter bound;
    private transient Counter refused;

    /** @param patience for how long a start waits for its definition */
    public BindStarts(Duration patience) {
        this.patienceMillis = patience.toMillis();
    }

    /** By what commands are keyed: run ids are unique in their tenant alone. */
    public static String key(WorkflowCommand command) {
        return command.envelope().tenant() + RunOperator.SEPARATOR + command.runId();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        book = new DefinitionBook();
        for (Map.Entry<String, KnownDefinition> entry : context.getOperatorStateStore()
                .getBroadcastState(WorkflowState.DEFINITIONS)
                .immutableEntries()) {
            book.put(entry.getValue());
        }
        flags = new FlagsState(context.getOperatorStateStore(), flag -> VersionChoice.isOne(flag.key()));
        agents = 0;
        for (Map.Entry<String, KnownAgent> ignored : context.getOperatorStateStore()
                .getBroadcastState(WorkflowState.AGENTS)
                .immutableEntries()) {
            agents++;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state is up to date.
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getState(WorkflowState.WAITING);
        room = new WaitingRoom();
        MetricGroup group = getRuntimeContext().getMetricGroup();
        bound = group.counter(WorkflowMetrics.STARTS_BOUND);
        refused = group.counter(WorkflowMetrics.STARTS_REFUSED);
    }

    @Override
    public void processElement(WorkflowCommand command, ReadOnlyContext context, Collector<OutboundRecord> out)
            throws Exception {
        WaitingStart before = waiting.value();
        if (command instanceof WorkflowStart start) {
            if (before == null) {
                begin(WaitingStart.of(start, logTime(context)), context, out);
            }
            return;
        }
        Behind behind = command instanceof WorkflowControl control
                ? new Behind(control, null)
                : new Behind(null, (WorkflowSignal) command);
        WaitingStart after = before == null ? null : before.with(behind);
        if (after == null) {
            tell(behind, out);
        } else {
            waiting.update(after);
        }
    }

    /** Whatever a broker's clock says, no start waits for a time to come. */
    private static long logTime(ReadOnlyContext context) {
        return Math.min(
                context.timestamp(), LogTime.latest(context.timerService().currentProcessingTime()));
    }

    /** A version that is named stays what it is; which one others get depends on what was published just before them. */
    private static long boundAt(WaitingStart start) {
        return start.start().version() != null ? start.since() : start.since() + LogTime.IN_LOG_ORDER_MILLIS;
    }

    private void begin(WaitingStart start, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
        long boundAt = boundAt(start);
        if (context.currentWatermark() < boundAt) {
            waiting.update(start);
            context.timerService().registerEventTimeTimer(boundAt);
        } else if (!bind(start, context.getBroadcastState(WorkflowState.AGENTS), out)) {
            await(start, context, out);
        }
    }

    /** @return whether its definition is there */
    private boolean bind(
            WaitingStart waited, ReadOnlyBroadcastState<String, KnownAgent> agents, Collector<OutboundRecord> out)
            throws Exception {
        WorkflowStart start = waited.start();
        VersionChoice version = VersionChoice.of(start, book, flags::find, waited.since());
        if (version.definition() == null) {
            return false;
        }
        Map<String, KnownAgent> named = new HashMap<>();
        for (String name : version.definition().agents()) {
            named.put(name, agents.get(name));
        }
        RunStarted started = Binding.start(start, version, named::get, waited.since());
        bound.inc();
        tell(started, started.toJson(), out);
        waited.behind().forEach(behind -> tell(behind, out));
        return true;
    }

    private void await(WaitingStart start, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
        if (room.enter(start.start().envelope().tenant())) {
            long until = context.timerService().currentProcessingTime() + patienceMillis;
            waiting.update(start.until(until));
            context.timerService().registerProcessingTimeTimer(until);
        } else {
            waiting.clear();
            refuse(start, "there is no definition of it, and too many starts wait for theirs", out);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<OutboundRecord> out) throws Exception {
        WaitingStart start = waiting.value();
        boolean isLast = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        // It may be of an earlier start of the same run.
        if (start == null || (isLast ? time != start.until() : start.isWaitingForDefinition())) {
            return;
        }
        if (!isLast && time < boundAt(start)) {
            context.timerService().registerEventTimeTimer(boundAt(start));
            return;
        }
        if (isLast) {
            leave(start);
        }
        if (bind(start, context.getBroadcastState(WorkflowState.AGENTS), out)) {
            waiting.clear();
        } else if (isLast) {
            waiting.clear();
            refuse(start, "no definition of it came within " + patienceMillis / 1_000 + " s", out);
        } else {
            await(start, context, out);
        }
    }

    @Override
    public void processBroadcastElement(BindingFact fact, Context context, Collector<OutboundRecord> out)
            throws Exception {
        if (fact.flag() != null) {
            flags.put(fact.flag(), fact.flagDefinition());
            return;
        }
        if (fact.definition() == null) {
            apply(fact, context);
            return;
        }
        KnownDefinition definition = fact.definition();
        try {
            book.put(definition);
        } catch (RejectedEventException e) {
            throw new IllegalStateException("it was accepted where it was read", e);
        }
        context.getBroadcastState(WorkflowState.DEFINITIONS).put(definition.key(), definition);
        long proven = context.currentWatermark();
        context.applyToKeyedState(WorkflowState.WAITING, (key, state) -> release(state, proven, context, out));
    }

    private void release(ValueState<WaitingStart> state, long proven, Context context, Collector<OutboundRecord> out)
            throws Exception {
        WaitingStart start = state.value();
        if (start != null
                && boundAt(start) <= proven
                && bind(start, context.getBroadcastState(WorkflowState.AGENTS), out)) {
            if (start.isWaitingForDefinition()) {
                leave(start);
            }
            state.clear();
        }
    }

    private void leave(WaitingStart start) {
        room.leave(start.start().envelope().tenant());
    }

    private void refuse(WaitingStart start, String reason, Collector<OutboundRecord> out) {
        RunRefused refusal = Binding.refuse(start.start(), Binding.named(start.start()) + ": " + reason, start.since());
        refused.inc();
        tell(refusal, refusal.toJson(), out);
        start.behind().forEach(behind -> tell(behind, out));
    }

    private static void tell(Behind behind, Collector<OutboundRecord> out) {
        WorkflowCommand command = behind.control() != null ? behind.control() : behind.signal();
        tell((WorkflowInput) command, command.toJson(), out);
    }

    private static void tell(WorkflowInput input, byte[] json, Collector<OutboundRecord> out) {
        Envelope envelope = input.envelope();
        out.collect(OutboundRecord.of(input.runId(), json, envelope.correlationId(), envelope.traceparent()));
    }

    /** One that there is no room for is taken for not registered, and is not by the agents job either. */
    private void apply(BindingFact fact, Context context) throws Exception {
        BroadcastState<String, KnownAgent> known = context.getBroadcastState(WorkflowState.AGENTS);
        boolean isKnown = known.contains(fact.agent());
        if (fact.known() == null) {
            known.remove(fact.agent());
            agents -= isKnown ? 1 : 0;
        } else if (isKnown || agents < MOST_AGENTS) {
            known.put(fact.agent(), fact.known());
            agents += isKnown ? 0 : 1;
        }
    }
}
