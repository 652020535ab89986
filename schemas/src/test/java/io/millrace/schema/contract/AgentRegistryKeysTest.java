package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry's topic is compacted by key, so keys matter there. */
class AgentRegistryKeysTest {

    @ParameterizedTest
    @CsvSource({
        "agent.registered.v1.json,        summariser,              true",
        "agent.registered.v1.json,        Summariser,              false",
        "agent.registered.v1.json,        ,                        false",
        "agent.removed.v1.json,           summariser-small,        true",
        "agent.cache.invalidated.v1.json, summariser/3/git:main,   true",
        "agent.cache.invalidated.v1.json, summariser,              false",
    })
    void aRecordNeedsTheKeyOfItsEvent(String example, String key, boolean accepted) {
        byte[] value = Contract.example(example).toString().getBytes(StandardCharsets.UTF_8);

        RejectedEventException rejection = catchThrowableOfType(
                RejectedEventException.class, () -> AgentRegistryReader.read(Mutation.keyed(key, value)));

        assertThat(rejection == null).isEqualTo(accepted);
        if (!accepted) {
            assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID_KEY);
        }
    }

    @Test
    void aTombstoneRemovesTheAgentThatItsKeyNames() throws Exception {
        AgentRegistryEvent event = AgentRegistryReader.read(Mutation.keyed("summariser", null));

        assertThat(event.kind()).isEqualTo(AgentRegistryEvent.Kind.REMOVED);
        assertThat(event.agent()).isEqualTo("summariser");
        assertThatThrownBy(() -> AgentRegistryWriter.write(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTombstoneOfAnInvalidationRemovesNothing() throws Exception {
        assertThat(AgentRegistryReader.read(Mutation.keyed("summariser//", null)))
                .isNull();
    }

    @Test
    void aTombstoneWithoutAKeyIsRejected() {
        assertThatThrownBy(() -> AgentRegistryReader.read(Mutation.keyed(null, null)))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith("key: ");
    }
}
