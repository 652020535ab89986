package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CallAuditFeedITCase {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final CallAuditSettings CRASH_FREE = CallAuditSettings.of(AuditSettings.crashFree());

    @TempDir
    Path directory;

    @Test
    void readsAHistoryFromItsBeginningAndThenOn() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            // Given a call that was answered, and a bad one
            topics.ensureAgentTopics(1);
            CallHistory history = new CallHistory();
            history.registered("steady", 0);
            history.called(0, "k", "steady");
            History.Entry outcome = history.outcome(1, "k", null, 1, "steady", "OK");
            outcome.json(outcome.json().without("started_at"));
            history.called(0, history.call("k-2", "steady", 0).put("cache", "sometimes"));
            history.deadLetter(1, 1, "invalid_value");
            publish(broker, history);
            CallHistory later = new CallHistory();
            later.result(2, "k", "steady", "OK", null, 1);
            publish(broker, later);

            try (CallAuditFeed feed = new CallAuditFeed(broker.bootstrapServers(), CRASH_FREE)) {
                // When it is audited, then nothing is wrong
                CallAuditReport report = feed.audit(LIMIT);
                assertThat(report.isClean()).as(report::toString).isTrue();
                assertThat(report.counts().calls()).isEqualTo(2);
                assertThat(report.counts().deadLetters()).isEqualTo(1);
                assertThat(report.results()).isEqualTo(1);

                // When the result comes again, then that is found by reading on
                publish(broker, later);
                assertThat(feed.audit(LIMIT).count(OffenceKind.TWICE)).isEqualTo(1);
            }
            CallAuditReport atRest = CallAuditFeed.audit(broker.bootstrapServers(), CRASH_FREE, LIMIT);
            assertThat(atRest.count(OffenceKind.TWICE)).isEqualTo(1);
        }
    }

    @Test
    void fromNowOnJudgesTenantsWhoComeNow() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(directory).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            // Given a tenant whose call has no result yet, and a bad call
            topics.ensureAgentTopics(1);
            CallHistory before = new CallHistory();
            before.called(0, "k", "steady");
            before.called(0, before.call("k-2", "steady", 0).put("cache", "sometimes"));
            publish(broker, before);
            List<String> seen = new ArrayList<>();
            CallAuditSettings ofAcme = CRASH_FREE.tenantsStartingWith("ac");

            try (CallAuditFeed feed =
                    CallAuditFeed.fromNow(broker.bootstrapServers(), ofAcme, record -> seen.add(record.topic()))) {
                // When both are answered only now, and another tenant comes
                CallHistory after = new CallHistory();
                after.result(2, "k", "steady", "OK", null, 1);
                publish(broker, after);
                CallHistory letters = new CallHistory();
                letters.called(0, letters.call("k", "steady", 0));
                letters.called(0, letters.call("k-2", "steady", 0).put("cache", "sometimes"));
                letters.deadLetter(1, 1, "invalid_value");
                letters.calls.clear();
                publish(broker, letters);
                CallHistory acme = new CallHistory();
                acme.called(3, acme.call("k", "steady", 3).put("tenant", "acme"));
                publish(broker, acme);

                // Then nothing is wrong, and only the other tenant's call is counted
                CallAuditReport report = feed.audit(LIMIT);
                assertThat(report.isClean()).as(report::toString).isTrue();
                assertThat(report.counts().calls()).isEqualTo(1);
                assertThat(report.results()).isZero();
                assertThat(seen).containsExactlyInAnyOrder("agent-results", "agent-calls-dlq", "agent-calls");
            }
        }
    }

    private static void publish(KafkaBroker broker, CallHistory history) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ConsumerRecord<byte[], byte[]> each : history.records()) {
                producer.send(new ProducerRecord<>(each.topic(), 0, null, each.key(), each.value(), each.headers()))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}
