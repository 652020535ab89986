package io.millrace.operators.flag;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flags that an operator obeys, as one subtask knows them; every subtask gets every record of their topic. What holds no flag
 * changes nothing: the rollout job, which owns the topic, makes dead letters of it.
 */
public final class FlagsState {
    private static final Logger LOG = LoggerFactory.getLogger(FlagsState.class);

    private static final MapStateDescriptor<String, byte[]> FLAGS =
            new MapStateDescriptor<>("flags", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    /** Of all flags that are kept, as each stands on its topic: evaluated, they take many times the room. */
    private static final int MAX_BYTES = 2 << 20;

    private final BroadcastState<String, byte[]> kept;
    private final Predicate<CompiledFlag> wanted;
    private final Map<String, CompiledFlag> flags = new HashMap<>();
    private long bytes;

    /** @param wanted which flags the operator is concerned with; others are forgotten at once */
    public FlagsState(OperatorStateStore states, Predicate<CompiledFlag> wanted) throws Exception {
        this.kept = states.getBroadcastState(FLAGS);
        this.wanted = wanted;
        for (Map.Entry<String, byte[]> entry : kept.entries()) {
            restore(entry.getKey(), entry.getValue());
        }
    }

    /** What an earlier build accepted and this one does not is no reason not to start. */
    private void restore(String key, byte[] definition) {
        try {
            flags.put(key, compile(key, definition));
            bytes += definition.length;
        } catch (RejectedEventException e) {
            LOG.error("Flag {} is not obeyed any longer: {}", key, e.getMessage());
        }
    }

    /** Those that are kept. */
    public Collection<CompiledFlag> all() {
        return flags.values();
    }

    /** The flag of that key; null when there is none. */
    public CompiledFlag find(String flag) {
        return flags.get(flag);
    }

    /**
     * Takes a record of the topic of flags.
     *
     * @return whether it changed anything
     */
    public boolean apply(SourceRecord source) throws Exception {
        try {
            String key = FlagSeen.key(source);
            CompiledFlag flag =
                    source.value() == null ? null : EventReader.read(record -> compile(key, record.value()), source);
            return replace(key, flag, source.value());
        } catch (RejectedEventException e) {
            return false;
        }
    }

    /**
     * The same, of what is known to be a flag.
     *
     * @param definition null when it is removed
     */
    public boolean put(String key, String definition) throws Exception {
        return definition == null
                ? replace(key, null, null)
                : replace(key, CompiledFlag.compile(key, definition), definition.getBytes(StandardCharsets.UTF_8));
    }

    private boolean replace(String key, CompiledFlag flag, byte[] definition) throws Exception {
        boolean removed = flags.remove(key) != null;
        bytes -= removed ? kept.get(key).length : 0;
        // There may also be one that this build does not accept.
        kept.remove(key);
        return (flag != null && wanted.test(flag) && keep(key, flag, definition)) || removed;
    }

    private boolean keep(String key, CompiledFlag flag, byte[] definition) throws Exception {
        if (bytes + definition.length > MAX_BYTES) {
            LOG.error("Flag {} is not obeyed: flags have {} bytes, at most {} are kept", key, bytes, MAX_BYTES);
            return false;
        }
        flags.put(key, flag);
        kept.put(key, definition);
        bytes += definition.length;
        return true;
    }

    private static CompiledFlag compile(String key, byte[] definition) throws RejectedEventException {
        return CompiledFlag.compile(key, new String(definition, StandardCharsets.UTF_8));
    }
}
