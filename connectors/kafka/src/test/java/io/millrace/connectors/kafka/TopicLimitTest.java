package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicLimitTest {
    private static final KafkaFuture<TopicDescription> WRITABLE = described(Set.of(AclOperation.WRITE));

    private final Deque<KafkaFuture<TopicDescription>> descriptions = new ArrayDeque<>();
    private final Deque<KafkaFuture<Config>> settings = new ArrayDeque<>();

    private void willAnswer(KafkaFuture<TopicDescription> description, KafkaFuture<Config> config) {
        descriptions.add(description);
        settings.add(config);
    }

    private TopicLimit limit() {
        return new TopicLimit(descriptions::remove, settings::remove);
    }

    private static int bytes(TopicLimit limit) throws Exception {
        return limit.bytes(1_000, 0);
    }

    private static KafkaFuture<TopicDescription> described(Set<AclOperation> allowed) {
        return KafkaFuture.completedFuture(new TopicDescription("t", false, List.of(), allowed));
    }

    private static KafkaFuture<Config> maxBytes(int bytes) {
        return KafkaFuture.completedFuture(
                new Config(List.of(new ConfigEntry("max.message.bytes", Integer.toString(bytes)))));
    }

    private static <T> KafkaFuture<T> failed(Exception cause) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        future.completeExceptionally(cause);
        return future;
    }

    @Test
    void whatWasKnownStaysKnownWhenALaterLookFailsAndIsLookedAtAgain() throws Exception {
        willAnswer(WRITABLE, maxBytes(1_000));
        willAnswer(failed(new TimeoutException("away")), failed(new TimeoutException("away")));
        willAnswer(WRITABLE, maxBytes(2_000));
        TopicLimit limit = limit();

        assertThat(bytes(limit)).isEqualTo(1_000);
        assertThat(bytes(limit)).as("while Kafka is away").isEqualTo(1_000);
        assertThat(bytes(limit)).as("once it is back").isEqualTo(2_000);
    }

    @Test
    void aFirstLookThatFailsIsSaidAndDoneAgain() throws Exception {
        willAnswer(failed(new TimeoutException("away")), failed(new TimeoutException("away")));
        willAnswer(WRITABLE, maxBytes(1_000));
        TopicLimit limit = limit();

        assertThatThrownBy(() -> bytes(limit)).isInstanceOf(ExecutionException.class);
        assertThat(bytes(limit)).isEqualTo(1_000);
    }

    @Test
    void nothingGoesWhereTheJobMayNotWriteOrNothingIs() throws Exception {
        willAnswer(described(Set.of(AclOperation.READ)), maxBytes(1_000));
        willAnswer(failed(new TopicAuthorizationException("t")), maxBytes(1_000));
        willAnswer(failed(new UnknownTopicOrPartitionException("t")), maxBytes(1_000));
        willAnswer(WRITABLE, failed(new UnknownTopicOrPartitionException("t")));
        TopicLimit limit = limit();

        for (int look = 0; look < 4; look++) {
            assertThat(bytes(limit)).isZero();
        }
    }

    @Test
    void aTopicWhoseSettingsAreNobodysBusinessIsTakenToHaveKafkasDefault() throws Exception {
        willAnswer(WRITABLE, failed(new TopicAuthorizationException("t")));

        assertThat(bytes(limit())).isEqualTo(TopicLimit.DEFAULT_MAX_BYTES);
    }
}
