package io.millrace.testing.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;

/** Reads from a snapshot what an operator keeps: names, kinds and serializers of its states. */
public final class StateNames {

    private StateNames() {}

    /** One line for each state, timers among them, sorted. */
    public static List<String> of(OperatorSubtaskState snapshot) throws IOException {
        List<String> lines = new ArrayList<>();
        for (KeyedStateHandle handle : snapshot.getManagedKeyedState()) {
            KeyedBackendSerializationProxy<?> keyed = new KeyedBackendSerializationProxy<>(loader());
            try (FSDataInputStream in = ((KeyGroupsStateHandle) handle).openInputStream()) {
                keyed.read(new DataInputViewStreamWrapper(in));
            }
            keyed.getStateMetaInfoSnapshots().forEach(state -> lines.add("keyed " + describe(state)));
        }
        for (OperatorStateHandle handle : snapshot.getManagedOperatorState()) {
            OperatorBackendSerializationProxy operator = new OperatorBackendSerializationProxy(loader());
            try (FSDataInputStream in = handle.openInputStream()) {
                operator.read(new DataInputViewStreamWrapper(in));
            }
            operator.getOperatorStateMetaInfoSnapshots().forEach(state -> lines.add("operator " + describe(state)));
            operator.getBroadcastStateMetaInfoSnapshots().forEach(state -> lines.add("broadcast " + describe(state)));
        }
        lines.sort(null);
        return lines;
    }

    private static ClassLoader loader() {
        return StateNames.class.getClassLoader();
    }

    private static String describe(StateMetaInfoSnapshot state) {
        var serializer = state.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER);
        return state.getName() + " " + state.getBackendStateType() + " "
                + serializer.restoreSerializer().getClass().getSimpleName();
    }
}
