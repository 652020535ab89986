package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallKeysTest {
    private final CallHistory history = new CallHistory();

    private static SourceRecord example(String name) throws IOException {
        return example(name, null);
    }

    private static SourceRecord example(String name, String key) throws IOException {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = CallKeysTest.class.getResourceAsStream("/examples/" + name)) {
            return new SourceRecord("t", 0, 0, 0, keyBytes, in.readAllBytes(), List.of());
        }
    }

    @Test
    void theIdsInTheExamplesAreTheOnesDerived() throws Exception {
        AgentCall call = AgentCallReader.read(example("agent.call.v1.json"));
        UUID key = CallKeys.idempotencyKey(call.tenant(), call.callKey());

        assertThat(AgentResultReader.read(example("agent.result.v1.json")).eventId())
                .isEqualTo(AgentResult.idOf(key));
        var outcome = AgentOutcomeReader.read(example("agent.outcome.v1.json"));
        assertThat(outcome.attemptId()).startsWith(CallKeys.idempotencyKey(key, "summariser", "summariser") + "#1.");
        assertThat(new String(example("agent.outcome.v1.json").value(), StandardCharsets.UTF_8))
                .contains(outcome.eventId().toString());
        assertThat(outcome.owner()).isEqualTo(CallKeys.cacheKey(call, "3"));
    }

    @Test
    void theProofInTheExampleHolds() throws Exception {
        AgentCall call = AgentCallReader.read(example("agent.call.v1.json"));
        byte[] key = "example-approval-key-of-32-bytes!".getBytes(StandardCharsets.UTF_8);
        String definition = AgentRegistryReader.read(example("agent.registered.v1.json", "summariser"))
                .definition()
                .digest();
        RoutedCall routed = new RoutedCall(call, "owner", null, call.occurredAt(), "agent-results");

        assertThat(ApprovalProof.with(key).problem(routed, definition, Duration.ofDays(1)))
                .isNull();
        assertThat(ApprovalProof.none().problem(routed, definition, Duration.ofDays(1)))
                .endsWith("the job has no key to check it by");
    }

    @Test
    void aProofNeedsAKeyThatIsLongEnoughAndNeverShowsIt() {
        assertThatThrownBy(() -> ApprovalProof.with(new byte[31])).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> ApprovalProof.none().mac(new UUID(0, 0), "a", "n", "d", "r", "b", 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ApprovalProof.with(new byte[32])).hasToString("ApprovalProof[key]");
        assertThat(ApprovalProof.none()).hasToString("ApprovalProof[no key]");
    }

    @Test
    void anIdempotencyKeyIsThatOfTenantAndCallKeyTogether() {
        assertThat(CallKeys.idempotencyKey("a", "bc")).isNotEqualTo(CallKeys.idempotencyKey("ab", "c"));
        assertThat(CallKeys.idempotencyKey("a", "bc")).isEqualTo(CallKeys.idempotencyKey("a", "bc"));
    }

    @Test
    void whateverMakesAnotherAnswerMakesAnotherCacheKey() {
        Set<String> keys = new HashSet<>();
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[1,2]"), "1"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[2,1]"), "1"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "b", "'input':[1,2]"), "1"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[1,2]"), "2"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[1,2]", "'tenant':'t'"), "1"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[1,2]", "'dependencies':{'x':'1'}"), "1"));
        keys.add(CallKeys.cacheKey(history.parsed("k", "a", "'input':[1,2]", "'dependencies':{'x':'2'}"), "1"));

        assertThat(keys).hasSize(7);
    }

    @Test
    void whatMeansTheSameHasTheSameCacheKey() {
        AgentCall one = history.parsed("k", "a", "'input':{'x':1.0,'y':'é'}", "'dependencies':{'p':'1','q':'2'}");
        AgentCall other =
                history.parsed("l", "a", "'input':{ 'y':'\\u00e9', 'x':10e-1 }", "'dependencies':{'q':'2','p':'1'}");

        assertThat(CallKeys.cacheKey(other, "1")).isEqualTo(CallKeys.cacheKey(one, "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "'cache':{'ttl_seconds':1} | 'input':1                | shared",
                "'cache':{'ttl_seconds':1} | 'cache':'refresh'        | shared",
                "'cache':{'ttl_seconds':1} | 'cache':'off'            | own",
                "'cache':{'ttl_seconds':0} | 'input':1                | own",
            })
    void callsThatMayShareAnAnswerMeet(String definition, String call, String where) throws Exception {
        AgentRegistry registry = history.agent("a", definition).registry();
        CallRouter router = new CallRouter("agent-results", List.of());

        RoutedCall one = router.route(history.parsed("k", "a", call), registry, 7);
        RoutedCall other = router.route(history.parsed("l", "a", call), registry, 8);

        assertThat(one.owner().equals(other.owner())).isEqualTo(where.equals("shared"));
        assertThat(one.sharedVersion()).isEqualTo(where.equals("shared") ? "1" : null);
        assertThat(one.loggedAt()).isEqualTo(7);
    }

    @Test
    void callsOfAnAgentThatIsNotKnownShareNothing() throws Exception {
        CallRouter router = new CallRouter("agent-results", List.of());

        RoutedCall routed = router.route(history.parsed("k", "nobody"), history.registry(), 0);

        assertThat(routed.sharedVersion()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "agent-results, agent-results, ",
        "replies-a,     replies-a,     ",
        "reply,         ,              reply_topic_not_allowed",
        "task-events,   ,              reply_topic_not_allowed",
        "agent-calls,   ,              reply_topic_not_allowed",
    })
    void resultsGoWhereTheyMay(String replyTo, String topic, String code) throws Exception {
        CallRouter router = new CallRouter("agent-results", List.of("replies-"));
        AgentCall call = history.parsed("k", "a", "'reply_to':'" + replyTo + "'");

        if (code == null) {
            assertThat(router.route(call, history.registry(), 0).replyTo()).isEqualTo(topic);
        } else {
            assertThatThrownBy(() -> router.route(call, history.registry(), 0))
                    .hasMessageStartingWith("reply_to: ")
                    .extracting(e -> ((RejectedEventException) e).code())
                    .isEqualTo(ErrorCode.REPLY_TOPIC_NOT_ALLOWED);
        }
    }
}
