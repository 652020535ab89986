package io.millrace.operators.agent;

import io.millrace.logic.agent.gate.BudgetWarning;
import io.millrace.logic.agent.gate.Gate;
import io.millrace.logic.agent.gate.GateCommand;
import io.millrace.logic.agent.gate.HoldingGate;
import io.millrace.operators.metric.ByName;
import io.millrace.operators.timer.PacedTimerOperator;
import io.millrace.operators.timer.SliceClock;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcomeWriter;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the gates of its keys and carries out what they decide. Its first input are attempts and outcomes, its second
 * flags, its output the attempts that are let through; what is not gets an outcome on {@link #OUTCOMES}, as does what
 * the flag {@link StopFlag#NAME} stops. Gates are live objects, and are encoded when a checkpoint is taken; those that are not
 * measured stay live only until then.
 */
public final class GateOperator extends PacedTimerOperator<String, AgentMessage>
        implements TwoInputStreamOperator<AgentMessage, SourceRecord, AgentMessage> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GateOperator.class);

    public static final OutputTag<OutboundRecord> OUTCOMES =
            new OutputTag<>("outcomes", TypeInformation.of(OutboundRecord.class));

    private final Gates gates;

    private transient StopFlag stop;
    private transient ValueState<byte[]> kept;
    private transient Map<String, HoldingGate> live;
    /** The first keys to have metrics of their own, and to be live between checkpoints. */
    private transient Set<String> measured;

    private transient Set<String> changed;
    /** Attempts on a budget are held until outcomes were read up to here, milliseconds since the epoch. */
    private transient long startedAt;

    private transient Counter warnings;
    private transient Counter refused;
    private transient Counter stopped;

    public GateOperator(Gates gates) {
        this(gates, SliceClock.JVM);
    }

    GateOperator(Gates gates, SliceClock sliceClock) {
        super(sliceClock);
        this.gates = gates;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stop = new StopFlag(context.getOperatorStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        kept = getRuntimeContext().getState(AgentState.GATE);
        live = new HashMap<>();
        measured = new HashSet<>();
        startedAt = wallClock();
        changed = new HashSet<>();
        warnings = getMetricGroup().counter(AgentMetrics.BUDGET_WARNINGS);
        refused = getMetricGroup().counter(AgentMetrics.REFUSED_ATTEMPTS);
        stopped = getMetricGroup().counter(AgentMetrics.STOPPED_ATTEMPTS);
    }

    @Override
    public void processElement1(StreamRecord<AgentMessage> element) throws Exception {
        AgentMessage message = element.getValue();
        if (!gates.isLimited((String) getCurrentKey())) {
            if (message.outcome() == null) {
                forward(message.attempt());
            }
            return;
        }
        HoldingGate gate = current();
        long before = gate.nextWake();
        gate.notAfter(latestLogTime());
        if (message.outcome() != null) {
            carryOut(gate.settle(message.outcome(), message.loggedAt()));
        } else if (hasRead(startedAt)) {
            carryOut(gate.admit(message.attempt()));
        } else {
            carryOut(gate.hold(message.attempt()));
        }
        moveWake(before, gate.nextWake());
    }

    @Override
    public void processElement2(StreamRecord<SourceRecord> element) throws Exception {
        stop.apply(element.getValue());
    }

    @Override
    protected void onWake(long time) throws Exception {
        HoldingGate gate = current();
        gate.notAfter(latestLogTime());
        carryOut(gate.wake(time));
        // The wake-up that brought us here is used up.
        if (gate.nextWake() < Long.MAX_VALUE) {
            wakeAt(gate.nextWake());
        }
    }

    @Override
    protected String wokenState() {
        return AgentState.GATE.getName();
    }

    @Override
    protected long nextWake() throws Exception {
        String key = (String) getCurrentKey();
        HoldingGate gate = live.get(key);
        // All keys are looked at in turn: what is only looked at does not stay.
        HoldingGate looked = gate == null ? open(key, kept.value(), false) : gate;
        looked.notAfter(latestLogTime());
        return looked.nextWake();
    }

    /** The current key's gate, about to change. */
    private HoldingGate current() throws IOException {
        String key = (String) getCurrentKey();
        changed.add(key);
        HoldingGate gate = live.get(key);
        if (gate == null) {
            boolean own = gates.isMeasured(key) && measured.size() < ByName.MAX_NAMES;
            gate = open(key, kept.value(), own);
            if (own) {
                measured.add(key);
            }
            live.put(key, gate);
        }
        return gate;
    }

    /** @param bytes what was kept of it; null for nothing */
    private HoldingGate open(String key, byte[] bytes, boolean measured) throws IOException {
        DataInputStream in = bytes == null ? null : new DataInputStream(new ByteArrayInputStream(bytes));
        Gate gate = in == null ? gates.create(key) : gates.read(key, in);
        if (measured) {
            gates.measure(key, gate, getMetricGroup());
        }
        return in == null
                ? new HoldingGate(gate, gates.settings(), startedAt)
                : HoldingGate.read(gate, gates.settings(), startedAt, in);
    }

    /** How many gates are live. */
    int held() {
        return live.size();
    }

    private void carryOut(List<GateCommand> commands) {
        for (GateCommand command : commands) {
            if (command instanceof GateCommand.Forward forward) {
                forward(forward.attempt());
            } else if (command instanceof GateCommand.Refuse refuse) {
                refused.inc();
                end(refuse.outcome());
            } else if (command instanceof GateCommand.Warn warn) {
                warn(warn.warning());
            } else {
                throw new IllegalArgumentException("no output for " + command);
            }
        }
    }

    private void forward(AgentAttempt attempt) {
        AgentOutcome end = stop.end(attempt, wallClock());
        if (end == null) {
            output.collect(new StreamRecord<>(AgentMessage.of(attempt)));
        } else {
            stopped.inc();
            end(end);
        }
    }

    private void end(AgentOutcome outcome) {
        output.collect(
                OUTCOMES,
                new StreamRecord<>(OutboundRecord.of(
                        outcome.owner(),
                        AgentOutcomeWriter.write(outcome),
                        outcome.correlationId(),
                        outcome.traceparent())));
    }

    private void warn(BudgetWarning warning) {
        warnings.inc();
        LOG.warn(
                "The {} {} has committed {} of {} millionths of its budget for the {}",
                AgentMetrics.label(warning.scope()),
                warning.name(),
                warning.committedMicros(),
                warning.limitMicros(),
                AgentMetrics.label(warning.period()));
    }

    @Override
    protected void writeBack() throws IOException {
        Object current = getCurrentKey();
        for (String key : changed) {
            setCurrentKey(key);
            keep(live.get(key));
        }
        changed.clear();
        live.keySet().retainAll(measured);
        if (current != null) {
            setCurrentKey(current);
        }
    }

    private void keep(HoldingGate gate) throws IOException {
        if (gate.isBlank()) {
            kept.clear();
        } else {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            gate.write(new DataOutputStream(bytes));
            kept.update(bytes.toByteArray());
        }
    }
}
