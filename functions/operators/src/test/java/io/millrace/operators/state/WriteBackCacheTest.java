package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WriteBackCacheTest {

    @Test
    void whatHadToMakeRoomIsFoundAgain() throws Exception {
        try (Registers registers = Registers.with(new WriteBackCache.Limits(2, 1_000))) {
            for (String key : List.of("a", "b", "c", "d")) {
                registers.set(key, key + "1");
            }

            assertThat(registers.get("a")).isEqualTo("a1");
            assertThat(registers.get("b")).isEqualTo("b1");
            assertThat(registers.get("d")).isEqualTo("d1");
            assertThat(registers.get("e")).isNull();
        }
    }

    @Test
    void whatIsUsedLastIsNotWritten() throws Exception {
        try (Registers registers = Registers.with(new WriteBackCache.Limits(2, 1_000))) {
            registers.set("a", "a1");
            registers.set("b", "b1");
            registers.set("a", "a2");
            registers.set("c", "c1");

            assertThat(registers.written("a")).isNull();
            assertThat(registers.written("b")).isEqualTo("b1");
            assertThat(registers.written("c")).isNull();
        }
    }

    @Test
    void largeValuesMakeRoomEarlier() throws Exception {
        try (Registers registers = Registers.with(new WriteBackCache.Limits(100, 10))) {
            registers.set("a", "12345");
            registers.set("b", "12345");
            assertThat(registers.written("a")).isNull();

            registers.set("c", "123456789012345");

            assertThat(registers.written("a")).isEqualTo("12345");
            assertThat(registers.written("b")).isEqualTo("12345");
            assertThat(registers.written("c")).isNull();
            assertThat(registers.get("c")).isEqualTo("123456789012345");
        }
    }

    @Test
    void whatWasClearedStaysSo() throws Exception {
        try (Registers registers = Registers.with(new WriteBackCache.Limits(1, 1_000))) {
            registers.set("a", "a1");
            registers.set("b", "b1");
            assertThat(registers.written("a")).isEqualTo("a1");

            registers.set("a", null);
            assertThat(registers.get("a")).isNull();
            registers.set("c", "c1");

            assertThat(registers.written("a")).isNull();
            assertThat(registers.get("a")).isNull();
        }
    }

    @Test
    void aSnapshotHoldsEverything() throws Exception {
        WriteBackCache.Limits limits = new WriteBackCache.Limits(8, 60);
        Map<String, String> model = new TreeMap<>();
        Random random = new Random(7);
        Registers registers = Registers.with(limits);
        try {
            for (int round = 0; round < 20; round++) {
                for (int step = 0; step < 50; step++) {
                    String key = Character.toString('a' + random.nextInt(20));
                    assertThat(registers.get(key)).isEqualTo(model.get(key));
                    String value = random.nextInt(4) == 0 ? null : "x".repeat(1 + random.nextInt(20));
                    registers.set(key, value);
                    model.put(key, value);
                }
                registers = registers.restored(limits);
            }
        } finally {
            registers.close();
        }
    }

    /** A cache in an operator that sets ("a=1"), clears ("a=") and reads ("a") it; "a!" reads the state behind it. */
    private static final class Registers implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, String, String> harness;

        private Registers(KeyedOneInputStreamOperatorTestHarness<String, String, String> harness) {
            this.harness = harness;
        }

        static Registers with(WriteBackCache.Limits limits) throws Exception {
            Registers registers = new Registers(harness(limits));
            registers.harness.open();
            return registers;
        }

        private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(
                WriteBackCache.Limits limits) throws Exception {
            return new KeyedOneInputStreamOperatorTestHarness<>(
                    new Register(limits), command -> command.substring(0, 1), Types.STRING);
        }

        Registers restored(WriteBackCache.Limits limits) throws Exception {
            OperatorSubtaskState snapshot = harness.snapshot(1, 1);
            close();
            Registers registers = new Registers(harness(limits));
            registers.harness.initializeState(snapshot);
            registers.harness.open();
            return registers;
        }

        void set(String key, String value) throws Exception {
            tell(key + "=" + (value == null ? "" : value));
        }

        String get(String key) throws Exception {
            return tell(key);
        }

        String written(String key) throws Exception {
            return tell(key + "!");
        }

        private String tell(String command) throws Exception {
            harness.processElement(new StreamRecord<>(command));
            List<String> said = harness.extractOutputValues();
            String last = said.get(said.size() - 1);
            return last.isEmpty() ? null : last;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    private static final class Register extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1L;

        private final int keys;
        private final long bytes;
        private transient ValueState<String> state;
        private transient WriteBackCache<String> cache;

        Register(WriteBackCache.Limits limits) {
            this.keys = limits.keys();
            this.bytes = limits.bytes();
        }

        @Override
        public void open() throws Exception {
            super.open();
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("register", Types.STRING));
            cache = new WriteBackCache<>(this, state, String::length, new WriteBackCache.Limits(keys, bytes));
        }

        @Override
        public void processElement(StreamRecord<String> element) throws Exception {
            String command = element.getValue();
            String said;
            if (command.endsWith("!")) {
                said = state.value();
            } else {
                if (command.length() > 1) {
                    String value = command.substring(2);
                    cache.update(value.isEmpty() ? null : value);
                }
                said = cache.value();
            }
            output.collect(new StreamRecord<>(said == null ? "" : said));
        }

        @Override
        public void snapshotState(StateSnapshotContext context) throws Exception {
            cache.writeBack();
            super.snapshotState(context);
        }
    }
}
