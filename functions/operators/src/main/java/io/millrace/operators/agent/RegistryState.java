package io.millrace.operators.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.agent.registry.AgentRegistryCodec;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry as one subtask knows it; every subtask gets every record of it. Encoded when a checkpoint is taken. */
final class RegistryState {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryState.class);
    private static final String WHOLE = "registry";

    private final BroadcastState<String, byte[]> kept;
    private AgentRegistry registry;
    private boolean changed;

    /** @param transports the kinds of transport that the job has */
    RegistryState(OperatorStateStore states, Set<String> transports) throws Exception {
        kept = states.getBroadcastState(AgentState.REGISTRY);
        byte[] bytes = kept.get(WHOLE);
        if (bytes == null) {
            registry = AgentRegistry.empty(transports);
        } else {
            AgentRegistryCodec.Restored restored =
                    AgentRegistryCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)), transports);
            restored.dropped().forEach(why -> LOG.warn("An agent is not registered any longer: {}", why));
            registry = restored.registry();
        }
    }

    AgentRegistry registry() {
        return registry;
    }

    /**
     * Applies a record of the registry's topic that was accepted where it was read; one that says nothing changes
     * nothing. Should it not be acceptable here, for want of room on this stack, the agent stays as it was.
     *
     * @param latest what is logged as of a later time is taken to be as of this one, milliseconds since the epoch
     */
    void apply(SourceRecord source, long latest) {
        try {
            AgentRegistryEvent event = EventReader.read(AgentRegistryReader::read, source);
            if (event != null) {
                apply(event, Math.min(source.timestamp(), latest));
            }
        } catch (RejectedEventException e) {
            LOG.error(
                    "A change of the registry is not followed by this task, register the agent anew: {}",
                    e.getMessage());
        }
    }

    /**
     * Invalidations that were logged as of a later time count as of {@code latest}: what is asked for from now on may
     * be kept.
     */
    void notAfter(long latest) {
        registry = registry.notAfter(latest);
    }

    /**
     * @param loggedAt log time of the event, milliseconds since the epoch
     * @return whether it changed anything
     */
    boolean apply(AgentRegistryEvent event, long loggedAt) throws RejectedEventException {
        AgentRegistry after = registry.with(event, loggedAt);
        boolean changes = after != registry;
        changed |= changes;
        registry = after;
        return changes;
    }

    /** Before a checkpoint. */
    void keep() throws Exception {
        if (changed) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            AgentRegistryCodec.write(registry, new DataOutputStream(bytes));
            kept.put(WHOLE, bytes.toByteArray());
            changed = false;
        }
    }
}
