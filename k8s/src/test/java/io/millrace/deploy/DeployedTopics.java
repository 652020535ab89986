package io.millrace.deploy;

import io.millrace.operations.kafka.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topics as the chart makes them, but for the copies that one broker can't hold. */
final class DeployedTopics {
    private DeployedTopics() {}

    static List<TopicSpec> of(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals("KafkaTopic"))
                .map(DeployedTopics::topic)
                .toList();
    }

    private static TopicSpec topic(Manifest manifest) {
        Map<String, String> settings = new TreeMap<>();
        manifest.body()
                .at("/spec/config")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        settings.put("min.insync.replicas", "1");
        return new TopicSpec(
                manifest.name(), manifest.body().at("/spec/partitions").asInt(), settings);
    }
}
