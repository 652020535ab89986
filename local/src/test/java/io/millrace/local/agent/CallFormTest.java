package io.millrace.local.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallFormTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theInputStaysAsItWasWritten() {
        AgentCall call = form("k-1", "echo", "{ \"n\": 1.50 }").call();

        assertThat(call.input()).isEqualTo("{ \"n\": 1.50 }");
        assertThat(call.timeoutMs()).isEqualTo(5_000);
        assertThat(call.cache()).isEqualTo(CacheMode.REFRESH);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(form("k-1", "echo", "{\n\"n\":}"), "--input:2: not JSON"),
                Arguments.of(form("k-1", "echo", ""), "--input: is empty"),
                Arguments.of(form("k-1", "echo", "1 2"), "--input: goes on"),
                Arguments.of(form("k-1", "echo", "{\"a\":1,\"a\":2}"), "input: an object has the same name twice"),
                Arguments.of(form("k\n1", "echo", "1"), "call_key: must not contain control characters"),
                Arguments.of(form("k-1", "no/agent", "1"), "agent: must be 1 to 100 letters"),
                Arguments.of(form("k-1", "echo", "\"" + "x".repeat(300_000) + "\""), "input: "));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatTheJobWouldRefuseIsSaidBefore(CallForm form, String begin) {
        assertThatThrownBy(form::call).isInstanceOf(AgentException.class).hasMessageStartingWith(begin);
    }

    @Test
    void theProofIsTheOneThatIsDocumented() throws Exception {
        AgentCall call = form("k-1", "echo", "{\"b\":1, \"a\":2}")
                .approved(definition(), "r-1", "amelie", Instant.parse("2026-11-20T08:10:00.5Z"), KEY)
                .call();

        // docs/agents.md, section Approval, by hand; the idempotency key from Python's uuid module
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest("{\"a\":2,\"b\":1}".getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String text = String.join(
                "\n",
                "c35e51b9-958a-54d9-ad78-c6ff09609b18",
                "echo",
                // The definition with its defaults, by Python's hashlib over the sorted JSON without blanks.
                "795bbde64525230a42b07eaf87c61ee96dbe450f3d2911f44c2a2657f9e038d2",
                HexFormat.of().formatHex(digest),
                "r-1",
                "amelie",
                "1795162200500");
        assertThat(call.approval().mac())
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        assertThat(call.approval().expiresAt()).isEqualTo(1_795_162_200_500L);
        assertThat(call.approval().requestId()).isEqualTo("r-1");
        assertThat(call.approval().approvedBy()).isEqualTo("amelie");
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() ->
                        form("k-1", "echo", "1").approved(definition(), "r-1", "amelie", Instant.EPOCH, new byte[31]))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("at least 32");
    }

    private static AgentDefinition definition() {
        String json = "{\"schema_version\":1,\"event_id\":\"3c6b1a52-7f0e-4d0c-8f63-9c2b1e5a7d10\","
                + "\"event_type\":\"agent.registered\",\"occurred_at\":\"2026-11-20T08:00:00Z\","
                + "\"agent\":\"echo\",\"version\":1,\"type\":\"OTHER\",\"risk\":\"APPROVAL_REQUIRED\","
                + "\"transport\":{\"url\":\"http://localhost:8088/\",\"kind\":\"http\"}}";
        try {
            return AgentRegistryReader.read(new SourceRecord(
                            Topics.AGENT_REGISTRY,
                            0,
                            0,
                            0,
                            "echo".getBytes(StandardCharsets.UTF_8),
                            json.getBytes(StandardCharsets.UTF_8),
                            List.of()))
                    .definition();
        } catch (RejectedEventException e) {
            throw new AssertionError(e);
        }
    }

    private static CallForm form(String key, String agent, String input) {
        return new CallForm("default", key, agent, input, "--input", Duration.ofSeconds(5), CacheMode.REFRESH, null);
    }
}
