package io.millrace.operators.slo;

import io.millrace.logic.slo.ObjectiveBook;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.SloDefinedCodec;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objectives as one subtask knows them; every subtask gets every record of them. */
final class ObjectivesState {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectivesState.class);

    /** Definitions by name, the same in every subtask. */
    private static final MapStateDescriptor<String, SloDefined> DEFINITIONS =
            new MapStateDescriptor<>("objectives", Types.STRING, CodecTypeInfo.by(SloDefinedCodec.class));

    private final BroadcastState<String, SloDefined> kept;
    private final ObjectiveBook book = new ObjectiveBook();

    ObjectivesState(OperatorStateStore states) throws Exception {
        kept = states.getBroadcastState(DEFINITIONS);
        for (Map.Entry<String, SloDefined> entry : kept.immutableEntries()) {
            try {
                book.put(entry.getValue());
            } catch (RejectedEventException e) {
                LOG.warn("The objective {} does not count any longer: {}", entry.getKey(), e.getMessage());
            }
        }
    }

    ObjectiveBook book() {
        return book;
    }

    /**
     * Applies a record of the topic of definitions; one without value takes the objective away that its key names.
     *
     * @throws RejectedEventException when it can't be followed; nothing is changed then
     */
    void apply(SourceRecord source) throws Exception {
        if (source.value() == null && source.key() != null) {
            String name = new String(source.key(), StandardCharsets.UTF_8);
            book.remove(name);
            kept.remove(name);
            return;
        }
        SloDefined defined = EventReader.read(SloDefined::read, source);
        book.put(defined);
        kept.put(defined.name(), defined);
    }
}
