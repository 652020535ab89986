package io.millrace.operators.agent;

import io.millrace.logic.agent.gate.AgentGate;
import io.millrace.logic.agent.gate.Gate;
import io.millrace.logic.agent.gate.GateSettings;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The gates of agents: what each may be given. */
public final class AgentGates implements Gates {
    private static final long serialVersionUID = 1L;

    private final GateSettings settings;

    public AgentGates(GateSettings settings) {
        this.settings = settings;
    }

    @Override
    public GateSettings settings() {
        return settings;
    }

    @Override
    public boolean isLimited(String agent) {
        return true;
    }

    @Override
    public boolean isMeasured(String agent) {
        return true;
    }

    @Override
    public Gate create(String agent) {
        return new AgentGate(agent, settings);
    }

    @Override
    public Gate read(String agent, DataInput in) throws IOException {
        return AgentGate.read(agent, settings, in);
    }

    @Override
    public void measure(String agent, Gate gate, MetricGroup group) {
        AgentGate ofAgent = (AgentGate) gate;
        MetricGroup named = group.addGroup(AgentMetrics.AGENT, agent);
        named.gauge(AgentMetrics.RUNNING_ATTEMPTS, (Gauge<Integer>) ofAgent::running);
        named.gauge(AgentMetrics.QUEUED_ATTEMPTS, (Gauge<Integer>) ofAgent::queued);
        named.gauge(AgentMetrics.CIRCUIT_OPEN, (Gauge<Integer>) () -> ofAgent.isCircuitOpen() ? 1 : 0);
        named.gauge(AgentMetrics.SPENT_TODAY_MICROS, (Gauge<Long>) ofAgent::spentToday);
    }
}
