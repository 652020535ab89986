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

    /** Whether there is any limit for the key; without, it has no gate. */
    boolean isLimited(String key);

    /** Whether there are metrics of its own. */
    boolean isMeasured(String key);

    /** What {@link Gate#write} wrote. */
    Gate read(String key, DataInput in) throws IOException;

    /** Registers what is to be known of a gate that is measured. */
    void measure(String key, Gate gate, MetricGroup group);
}
