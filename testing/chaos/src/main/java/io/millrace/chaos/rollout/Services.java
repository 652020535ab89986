package io.millrace.chaos.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.chaos.rollout.RolloutPlan.Shape;
import io.millrace.chaos.workload.Outsiders;
import io.millrace.chaos.workload.Seeds;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The services that answer with the variants of flags, and tell how it went. They are outside of what is killed, follow the log of flags,
 * and go on until the episode is judged. How many requests fail with a variant says its {@link Shape}; some signals come twice, some
 * are of a source that nobody has named.
 */
final class Services extends Outsiders {
    private static final long TICK_MILLIS = 300;
    private static final int REQUESTS = 50;
    private static final int FAILED_WITH_OLD = 2;

    private final String prefix;
    private final Random random;
    private long next;

    /** @param prefix the beginning of the keys of the flags that they follow */
    Services(String bootstrapServers, List<TopicSpec> topics, String prefix, long seed) {
        super("services", bootstrapServers, topics);
        this.prefix = prefix;
        this.random = Seeds.random(seed + 2);
        start();
    }

    @Override
    protected void act() {
        if (System.currentTimeMillis() >= next) {
            next = System.currentTimeMillis() + TICK_MILLIS;
            percents().forEach(this::answer);
        }
    }

    /** How many of 100 get the new variant, by flag. */
    private Map<String, Integer> percents() {
        Map<String, Integer> percents = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.read(Topics.FLAGS)) {
            String flag = TopicProbe.key(record);
            if (flag.startsWith(prefix)) {
                JsonNode document = Records.jsonOrNothing(record.value());
                percents.put(flag, Records.percent(document));
            }
        }
        return percents;
    }

    private void answer(String flag, int percent) {
        Shape shape = Shape.of(flag);
        if (!shape.isWatched()) {
            return;
        }
        int fresh = shape == Shape.LOPSIDED ? REQUESTS / 2 : REQUESTS * percent / 100;
        signal(flag, "new", fresh, shape.failed());
        signal(flag, "old", REQUESTS - fresh, FAILED_WITH_OLD);
    }

    /** @param failed how many of 100 requests fail */
    private void signal(String flag, String variant, int requests, int failed) {
        if (requests == 0) {
            return;
        }
        int errors = (int)
                random.ints(requests, 0, 100).filter(dice -> dice < failed).count();
        Envelope envelope =
                new Envelope(Seeds.id(random), "health.signal", Instant.now(), Envelope.DEFAULT_TENANT, null, null);
        String source = random.nextInt(100) < 5 ? "stranger" : RolloutPlan.SOURCE;
        List<Long> latencies = List.of(200L + random.nextInt(20), (long) requests);
        byte[] signal = new HealthSignal(
                        envelope, flag, variant, source, (long) requests, errors, null, latencies, Map.of(), null)
                .toJson();
        probe.publish(Topics.HEALTH_SIGNALS, flag, signal);
        if (random.nextInt(100) < 5) {
            probe.publish(Topics.HEALTH_SIGNALS, flag, signal);
        }
    }
}
