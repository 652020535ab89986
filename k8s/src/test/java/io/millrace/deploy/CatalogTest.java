package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.operations.kafka.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The chart knows of jobs and topics what their jars say; {@code -Dmillrace.refresh=true} writes it anew. */
class CatalogTest {
    private static final Path FILE = Project.CHART.directory().resolve("files/jobs.json");

    @Test
    void theChartKnowsEveryJobAndTopicOfTheBuild() throws Exception {
        String expected = Project.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(catalog()) + "\n";
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.readString(FILE))
                .as("run this test with -Dmillrace.refresh=true, and give a new job its place in k8s/chart/values.yaml")
                .isEqualTo(expected);
    }

    @Test
    void jobsAgreeOnHowTheTopicsAreThatTheyShare() throws Exception {
        Map<String, JsonNode> first = new TreeMap<>();
        for (JsonNode job : Project.jobs()) {
            for (JsonNode topic : job.path("topics")) {
                JsonNode other = first.putIfAbsent(topic.get("name").asText(), topic.path("settings"));
                assertThat(topic.path("settings"))
                        .as("%s of the job %s", topic.get("name"), job.get("name"))
                        .isEqualTo(other == null ? topic.path("settings") : other);
            }
        }
    }

    private static ObjectNode catalog() {
        ObjectNode catalog = Project.JSON.createObjectNode();
        ArrayNode jobs = catalog.putArray("jobs");
        Map<String, ObjectNode> topics = new TreeMap<>();
        for (JsonNode job : Project.jobs()) {
            ObjectNode known = jobs.addObject();
            for (String field : new String[] {"name", "main", "group", "inputs", "outputs"}) {
                known.set(field, job.get(field));
            }
            job.path("topics")
                    .forEach(topic -> topics.putIfAbsent(topic.get("name").asText(), topic(topic)));
        }
        catalog.putArray("topics").addAll(topics.values());
        return catalog;
    }

    /** As the local platform makes it, so that each job's start checks find what they ask for. */
    private static ObjectNode topic(JsonNode described) {
        String name = described.get("name").asText();
        Map<String, String> more = new TreeMap<>();
        described
                .path("settings")
                .properties()
                .forEach(
                        setting -> more.put(setting.getKey(), setting.getValue().asText()));
        TopicSpec spec = (described.path("dead_letters").asBoolean()
                        ? TopicSpec.deadLetters(name, 1)
                        : TopicSpec.logAppended(name, 1))
                .with(more);
        ObjectNode topic = Project.JSON.createObjectNode();
        topic.put("name", name);
        topic.put("partitions", described.path("partitions").asInt());
        topic.set("settings", Project.JSON.valueToTree(new TreeMap<>(spec.settings())));
        return topic;
    }
}
