package io.millrace.operators.task;

import static io.millrace.operators.task.TasksHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.codec.CodecSerializer;
import io.millrace.operators.task.TasksHarness.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.junit.jupiter.api.Test;

/** What a savepoint holds, by name and serializer, is the same as in the release before. */
class StateLayoutTest {
    private static final String GOLDEN = "/state-layout.txt";

    @Test
    void savepointsHoldWhatTheyAlwaysHeld() throws Exception {
        List<String> layout;
        try (TasksHarness tasks = TasksHarness.caughtUp(Backend.HEAP)) {
            tasks.process(new TaskLog().created("t-1", NOW, NOW + 1000));
            layout = layoutOf(tasks.snapshot(1));
        }

        assertThat(String.join("\n", layout))
                .as(
                        "The state layout of the tasks operator changed: savepoints of the release before may not restore, or"
                                + " silently lose what is under an old name. Write a migration note under docs/adr, and only then"
                                + " change src/test/resources" + GOLDEN)
                .isEqualTo(golden());
    }

    private static String golden() throws IOException {
        try (InputStream file = StateLayoutTest.class.getResourceAsStream(GOLDEN)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static List<String> layoutOf(OperatorSubtaskState state) throws IOException {
        List<String> layout = new ArrayList<>();
        for (KeyedStateHandle handle : state.getManagedKeyedState()) {
            KeyedBackendSerializationProxy<?> meta =
                    new KeyedBackendSerializationProxy<>(StateLayoutTest.class.getClassLoader());
            try (InputStream in = ((KeyGroupsStateHandle) handle).openInputStream()) {
                meta.read(new DataInputViewStreamWrapper(in));
            }
            layout.add("key " + name(meta.getKeySerializerSnapshot().restoreSerializer()));
            meta.getStateMetaInfoSnapshots().stream()
                    .map(StateLayoutTest::describe)
                    .sorted()
                    .forEach(layout::add);
        }
        for (OperatorStateHandle handle : state.getManagedOperatorState()) {
            handle.getStateNameToPartitionOffsets()
                    .forEach((name, partitions) ->
                            layout.add("OPERATOR " + name + " " + partitions.getDistributionMode()));
        }
        return layout;
    }

    private static String describe(StateMetaInfoSnapshot state) {
        String serializers =
                List.of(CommonSerializerKeys.NAMESPACE_SERIALIZER, CommonSerializerKeys.VALUE_SERIALIZER).stream()
                        .filter(key -> state.getTypeSerializerSnapshot(key) != null)
                        .map(key -> name(state.getTypeSerializerSnapshot(key).restoreSerializer()))
                        .toList()
                        .toString();
        return state.getBackendStateType() + " " + state.getName() + " " + serializers;
    }

    private static String name(TypeSerializer<?> serializer) {
        return serializer instanceof CodecSerializer<?> codec
                ? codec.toString()
                : serializer.getClass().getSimpleName();
    }
}
