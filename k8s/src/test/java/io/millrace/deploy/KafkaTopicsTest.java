package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.wire.RecordSize;
import io.millrace.schema.wire.Topics;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The topics are what the jobs' start checks ask for. */
class KafkaTopicsTest {
    private static final Map<String, JsonNode> TOPICS = Project.render("production").stream()
            .filter(manifest -> manifest.kind().equals("KafkaTopic"))
            .collect(
                    Collectors.toMap(Manifest::name, manifest -> manifest.body().path("spec")));

    @Test
    void everyTopicThatHasANameIsMade() throws Exception {
        List<String> named = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            String name = (String) field.get(null);
            if (!name.startsWith("-") && !name.endsWith("-")) {
                named.add(name);
            }
        }

        assertThat(TOPICS.keySet()).containsAll(named);
    }

    @Test
    void everyTopicIsStampedByTheBrokerAndTakesWhatItSays() {
        assertThat(TOPICS.values()).allSatisfy(topic -> {
            assertThat(setting(topic, "message.timestamp.type")).isEqualTo("LogAppendTime");
            assertThat(setting(topic, "compression.type")).isEqualTo("uncompressed");
        });
    }

    @Test
    void whatIsReadIsBoundedAndDeadLettersHaveRoom() {
        TOPICS.forEach((name, topic) -> {
            int most = Integer.parseInt(setting(topic, "max.message.bytes"));
            if (name.endsWith(Topics.DEAD_LETTER_SUFFIX)) {
                assertThat(most).as(name).isGreaterThan(17 << 20);
            } else {
                assertThat(most).as(name).isEqualTo(RecordSize.MOST_READ_BYTES);
            }
        });
    }

    @Test
    void noRecordIsAcknowledgedByOneBrokerAlone() {
        assertThat(TOPICS.values()).allSatisfy(topic -> {
            assertThat(topic.path("replicas").asInt()).isEqualTo(3);
            assertThat(setting(topic, "min.insync.replicas")).isEqualTo("2");
        });
    }

    @Test
    void registriesAreReadInOneOrderAndKept() {
        for (String name : List.of(Topics.AGENT_REGISTRY, Topics.SLO_DEFINITIONS)) {
            assertThat(TOPICS.get(name).path("partitions").asInt()).as(name).isEqualTo(1);
            assertThat(setting(TOPICS.get(name), "cleanup.policy")).as(name).isEqualTo("compact");
            assertThat(TOPICS.get(name).at("/config/retention.ms").isMissingNode())
                    .as(name)
                    .isTrue();
        }
    }

    private static String setting(JsonNode topic, String name) {
        return topic.path("config").path(name).asText();
    }
}
