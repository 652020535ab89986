package io.millrace.operators.agent;

import io.millrace.logic.agent.VersionChoice;
import io.millrace.logic.agent.VersionSignals;
import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.operators.flag.FlagsState;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import org.apache.flink.api.common.state.OperatorStateStore;

/** The agents there are, and the flags that say which version of one is asked, as one subtask knows them. */
final class KnownAgents {
    private final String flagsTopic;
    private final RegistryState registry;
    private final FlagsState flags;
    private VersionSignals signals;

    KnownAgents(OperatorStateStore states, AgentSources sources) throws Exception {
        flagsTopic = sources.flagsTopic();
        registry = new RegistryState(states, sources.transports());
        flags = new FlagsState(states, flag -> !flag.texts().isEmpty());
        signals = new VersionSignals(flags.all());
    }

    AgentRegistry registry() {
        return registry.registry();
    }

    /** The call as one of the version that is to be asked. */
    AgentCall version(AgentCall call, long now) {
        return VersionChoice.of(call, registry(), flags::find, Instant.ofEpochMilli(now));
    }

    VersionSignals signals() {
        return signals;
    }

    /** As {@link RegistryState#apply(SourceRecord, long)}, and of flags. */
    void apply(SourceRecord source, long latest) throws Exception {
        if (!source.topic().equals(flagsTopic)) {
            registry.apply(source, latest);
        } else if (flags.apply(source)) {
            signals = new VersionSignals(flags.all());
        }
    }

    void notAfter(long latest) {
        registry.notAfter(latest);
    }

    /** Before a checkpoint. */
    void keep() throws Exception {
        registry.keep();
    }
}
