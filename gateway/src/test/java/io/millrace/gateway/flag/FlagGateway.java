package io.millrace.gateway.flag;

import io.millrace.gateway.GatewayServer;
import io.millrace.gateway.GatewaySettings;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A gateway on a real broker that has the topic of flags. */
final class FlagGateway implements AutoCloseable {
    private final KafkaBroker broker;
    private final TopicProbe probe;
    private final GatewayServer gateway;

    FlagGateway(Path directory) throws IOException {
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        probe = new TopicProbe(
                broker, List.of(TopicSpec.logAppended(Topics.FLAGS, 1).with("cleanup.policy", "compact")));
        gateway = GatewayServer.start(GatewaySettings.of(
                new String[] {
                    "--kafka.bootstrap-servers", broker.bootstrapServers(),
                    "--data-dir", directory.resolve("gateway").toString(),
                    "--http.port", "0",
                    "--rate.per-second", "1000",
                    "--rate.burst", "1000"
                },
                Map.of()));
    }

    String url() {
        return "http://localhost:" + gateway.port();
    }

    /** Publishes a flag: {@code on} to so many of 100, {@code off} to the others, and {@code on} to all with the plan gold. */
    void publish(String key, int percent) {
        String definition =
                "{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"off\","
                        + "\"targeting\":{\"if\":[{\"==\":[{\"var\":\"plan\"},\"gold\"]},\"on\",{\"fractional\":[[\"on\","
                        + percent
                        + "],[\"off\"," + (100 - percent) + "]]}]},\"metadata\":{\"millrace_revision\":" + percent
                        + "}}";
        publish(key, definition);
    }

    void publish(String key, String definition) {
        probe.publish(new ProducerRecord<>(
                Topics.FLAGS, key.getBytes(StandardCharsets.UTF_8), definition.getBytes(StandardCharsets.UTF_8)));
        probe.flush();
    }

    @Override
    public void close() {
        gateway.close();
        probe.close();
        broker.close();
    }
}
