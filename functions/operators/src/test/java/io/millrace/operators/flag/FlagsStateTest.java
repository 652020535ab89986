package io.millrace.operators.flag;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlagsStateTest {
    /** As savepoints have it. */
    private static final MapStateDescriptor<String, byte[]> FLAGS =
            new MapStateDescriptor<>("flags", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final String GOOD =
            "{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"on\"}";

    private OperatorStateBackend states;
    private BroadcastState<String, byte[]> kept;

    @BeforeEach
    void makeState() throws Exception {
        states = new DefaultOperatorStateBackendBuilder(
                        FlagsStateTest.class.getClassLoader(),
                        new ExecutionConfig(),
                        false,
                        List.of(),
                        new CloseableRegistry())
                .build();
        kept = states.getBroadcastState(FLAGS);
    }

    @AfterEach
    void dispose() {
        states.dispose();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param definition null for a tombstone */
    private static SourceRecord record(String key, String definition) {
        return new SourceRecord(
                Topics.FLAGS, 0, 0, 0, bytes(key), definition == null ? null : bytes(definition), List.of());
    }

    private FlagsState restored() throws Exception {
        return new FlagsState(states, flag -> true);
    }

    @Test
    void whatWasKeptIsObeyedAfterARestart() throws Exception {
        assertThat(restored().apply(record("shown", GOOD))).isTrue();
        assertThat(restored().find("shown")).isNotNull();
        assertThat(restored().apply(record("shown", null))).isTrue();
        assertThat(restored().find("shown")).isNull();
    }

    @Test
    void whatIsNoFlagChangesNothing() throws Exception {
        FlagsState flags = restored();
        flags.apply(record("shown", GOOD));
        assertThat(flags.apply(record("shown", "{"))).isFalse();
        assertThat(flags.apply(record("", GOOD))).isFalse();
        assertThat(flags.find("shown")).isNotNull();
    }

    @Test
    void whatThisBuildDoesNotAcceptIsNotObeyedAndCanBeRemoved() throws Exception {
        kept.put("old", bytes("{"));
        kept.put("shown", bytes(GOOD));

        FlagsState flags = restored();

        assertThat(flags.find("old")).isNull();
        assertThat(flags.find("shown")).isNotNull();
        assertThat(flags.apply(record("old", null))).isFalse();
        assertThat(kept.contains("old")).isFalse();
    }
}
