package io.millrace.operators.agent;

import static io.millrace.operators.agent.CallHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.PriceTable;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the topics: calls with the registry, registrations, and where results may go. */
class RouteAgentCallsTest {
    private final AgentLog log = new AgentLog();

    /** A cluster with one topic for replies. */
    private static final class OneTopic implements TopicDirectory {
        private static final long serialVersionUID = 1L;

        @Override
        public void open() {
            // It knows already.
        }

        @Override
        public boolean has(String topic) {
            return topic.equals("replies-there");
        }

        @Override
        public boolean takes(String topic, long bytes) {
            return has(topic);
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }

    private static TwoInputStreamOperatorTestHarness<SourceRecord, SourceRecord, AgentMessage> router()
            throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new RouteAgentCalls(
                new TenantTopics("agent-calls", List.of("acme")),
                "agent-results",
                List.of("replies-"),
                new OneTopic(),
                AgentLog.SOURCES)));
    }

    @Test
    void theVersionOfAnAgentThatIsAskedIsWhatTheFlagSaysAlsoAfterARestore() throws Exception {
        var router = router();
        router.setup(CodecTypeInfo.by(AgentMessageCodec.class).createSerializer(null));
        router.open();
        for (String agent : List.of("a-1", "a-2")) {
            router.processElement2(new StreamRecord<>(log.registered(agent, NOW)));
        }
        router.processElement2(new StreamRecord<>(
                log.registered("a", NOW, "'transport':{'kind':'flag','flag':'a-version','otherwise':'a-1'}")));
        router.processElement1(new StreamRecord<>(log.call("a", "k-1", NOW)));
        router.processElement2(new StreamRecord<>(log.flag(
                "a-version", "{'state':'ENABLED','variants':{'old':'a-1','new':'a-2'},'defaultVariant':'new'}")));
        router.processElement1(new StreamRecord<>(log.call("a", "k-2", NOW)));
        assertThat(agents(router)).containsExactly("a-1", "a-2");
        var state = router.snapshot(1, NOW);
        router.close();

        var restored = router();
        restored.setup(CodecTypeInfo.by(AgentMessageCodec.class).createSerializer(null));
        restored.initializeState(state);
        restored.open();
        restored.processElement1(new StreamRecord<>(log.call("a", "k-3", NOW)));
        restored.processElement1(new StreamRecord<>(log.call("a-1", "k-4", NOW)));

        assertThat(agents(restored)).containsExactly("a-2", "a-1");
        restored.close();
    }

    private static List<String> agents(TwoInputStreamOperatorTestHarness<?, ?, AgentMessage> router) {
        return router.extractOutputStreamRecords().stream()
                .map(record -> record.getValue().agent())
                .toList();
    }

    private static String code(Queue<StreamRecord<OutboundRecord>> deadLetters) {
        return deadLetters == null || deadLetters.isEmpty()
                ? "none"
                : header(deadLetters.poll().getValue().headers(), "error_code");
    }

    private static String header(List<RecordHeader> headers, String name) {
        return headers.stream()
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("none");
    }

    @Test
    void callsThatMayShareAnAnswerMeetAlsoAfterARestore() throws Exception {
        String first;
        var router = router();
        router.setup(CodecTypeInfo.by(AgentMessageCodec.class).createSerializer(null));
        router.open();
        router.processElement2(new StreamRecord<>(log.registered("cached", NOW, "'cache':{'ttl_seconds':60}")));
        router.processElement1(new StreamRecord<>(log.call("cached", "k-1", NOW, "'input':{'a':1,'b':2}")));
        first = owner(router);
        var state = router.snapshot(1, NOW);
        router.close();

        var restored = router();
        restored.setup(CodecTypeInfo.by(AgentMessageCodec.class).createSerializer(null));
        restored.initializeState(state);
        restored.open();
        restored.processElement1(new StreamRecord<>(log.call("cached", "k-2", NOW, "'input':{'b':2,'a':1.0}")));

        assertThat(owner(restored)).isEqualTo(first);
        restored.close();
    }

    private static String owner(TwoInputStreamOperatorTestHarness<?, ?, AgentMessage> router) {
        return router.extractOutputStreamRecords().get(0).getValue().owner();
    }

    @Test
    void aTombstoneOfAnInvalidationSaysNothing() throws Exception {
        try (var router = router()) {
            router.open();
            router.processElement2(new StreamRecord<>(log.registered("cached", NOW, "'cache':{'ttl_seconds':60}")));
            router.processElement2(new StreamRecord<>(log.tombstone("cached/1/", NOW)));
            router.processElement1(new StreamRecord<>(log.call("cached", "k-1", NOW)));

            assertThat(router.extractOutputStreamRecords()).hasSize(1);
        }
    }

    @Test
    void aResultGoesOnlyToATopicThatIsThereAndAllowed() throws Exception {
        try (var router = router()) {
            router.open();
            router.processElement1(new StreamRecord<>(log.call("a", "1", NOW, "'reply_to':'replies-there'")));
            assertThat(router.extractOutputStreamRecords()
                            .get(0)
                            .getValue()
                            .call()
                            .replyTo())
                    .isEqualTo("replies-there");

            router.processElement1(new StreamRecord<>(log.call("a", "2", NOW, "'reply_to':'replies-gone'")));
            assertThat(code(router.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo("reply_topic_unknown");
            router.processElement1(new StreamRecord<>(log.call("a", "3", NOW, "'reply_to':'agent-calls'")));
            assertThat(code(router.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo("reply_topic_not_allowed");
            router.processElement1(new StreamRecord<>(log.call("a", "", NOW)));
            assertThat(code(router.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo("invalid_value");
            assertThat(router.extractOutputStreamRecords()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "agent-calls,      other, none",
        "agent-calls,      acme,  tenant_mismatch",
        "acme.agent-calls, acme,  none",
        "acme.agent-calls, other, tenant_mismatch",
        "acme.agent-calls, ,      tenant_mismatch",
    })
    void aBoundTenantsCallsComeOnItsTopicAlone(String topic, String tenant, String code) throws Exception {
        SourceRecord call =
                tenant == null ? log.call("a", "1", NOW) : log.call("a", "1", NOW, "'tenant':'" + tenant + "'");
        try (var router = router()) {
            router.open();

            router.processElement1(new StreamRecord<>(new SourceRecord(
                    topic, call.partition(), call.offset(), NOW, call.key(), call.value(), call.headers())));

            assertThat(code(router.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo(code);
        }
    }

    @Test
    void aResultWhoseTopicIsGoneByThenGoesToTheDefault() throws Exception {
        try (var redirect = new OneInputStreamOperatorTestHarness<>(
                new StreamMap<>(new RedirectResults("agent-results", new OneTopic())))) {
            redirect.open();
            redirect.processElement(new StreamRecord<>(result("agent-results")));
            redirect.processElement(new StreamRecord<>(result("replies-there")));
            redirect.processElement(new StreamRecord<>(result("replies-gone")));

            assertThat(redirect.extractOutputStreamRecords())
                    .extracting(record -> record.getValue().topic())
                    .containsExactly("agent-results", "replies-there", "agent-results");
            assertThat(header(
                            redirect.extractOutputStreamRecords()
                                    .get(2)
                                    .getValue()
                                    .headers(),
                            "reply_to"))
                    .isEqualTo("replies-gone");
        }
    }

    private static AddressedRecord result(String topic) {
        return new AddressedRecord(topic, new byte[] {1}, new byte[] {2}, List.of());
    }

    @Test
    void aRegistrationThatCannotBeFollowedIsADeadLetter() throws Exception {
        TransportCheck check = transport -> transport.settings().contains("bad") ? "transport.url: bad" : null;
        try (var registry = new OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord>(
                new ProcessOperator<>(new ReadAgentRegistry(AgentLog.TRANSPORTS, check, PriceTable.FREE)))) {
            registry.open();
            registry.processElement(new StreamRecord<>(log.registered("a", NOW, "'fallback':{'agents':['b']}")));
            registry.processElement(new StreamRecord<>(log.registered("b", NOW, "'fallback':{'agents':['a']}")));
            assertThat(code(registry.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo("fallback_loop");
            registry.processElement(new StreamRecord<>(log.registered("c", NOW, "'model':'bad'")));
            registry.processElement(new StreamRecord<>(log.registered("d", NOW, "'input_schema':{'type':7}")));
            assertThat(code(registry.getSideOutput(Rejections.DEAD_LETTERS))).isEqualTo("invalid_schema");

            assertThat(registry.extractOutputStreamRecords()).hasSize(2);
        }
    }
}
