package io.millrace.operators.agent;

import io.millrace.logic.agent.gate.Gate;
import io.millrace.logic.agent.gate.GateSettings;
import java.io.DataInput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** Makes the gates of one kind. */
public sealed interface Gates extends Serializable permits TenantGates, AgentGates {

    /** @param key a tenant, or an agent's name */
    Gate create(String key);

    GateSettings settings();

    /** What {@link Gate#write} wrote. */
    Gate read(String key, DataInput in) throws IOException;

    /** Registers what is to be known of a gate that has become live. */
    void measure(String key, Gate gate, MetricGroup group);
}
