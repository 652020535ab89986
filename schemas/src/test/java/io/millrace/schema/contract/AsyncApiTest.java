package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private final JsonNode document;

    AsyncApiTest() throws IOException {
        document = new YAMLMapper()
                .readTree(Contract.RESOURCES.resolve("asyncapi.yaml").toFile());
    }

    @Test
    void itIsAnAsyncApi3Document() {
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.at("/info/title").asText()).isNotEmpty();
        assertThat(document.at("/info/version").asText()).isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValues("$ref").forEach(reference -> {
            String target = reference.asText();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(Contract.RESOURCES.resolve(target)).isRegularFile();
            }
        });
    }

    @Test
    void everyEventSchemaHasAMessageAndEveryMessageOfAnEventASchema() {
        List<String> referenced = messages()
                .map(name -> message(name).at("/payload/schema/$ref").asText())
                .filter(file -> !file.isEmpty())
                .map(file -> file.substring("schemas/".length()))
                .filter(file -> !file.startsWith("defs/"))
                .toList();

        assertThat(referenced)
                .containsExactlyInAnyOrderElementsOf(Contract.eventSchemas().keySet());
        assertThat(messages())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Contract.eventSchemas().keySet().stream().map(file -> file.replace(".v1.json", "")),
                                Stream.of(
                                        "cloudevent",
                                        "agent-cloudevent",
                                        "agent-request",
                                        "agent-reply",
                                        "flag-definition",
                                        "dead-letter"))
                        .toList());
    }

    @Test
    void everyMessageIsOnAChannelAndEveryChannelIsUsed() {
        List<String> onChannels = names(document.path("channels"))
                .flatMap(channel -> names(document.at("/channels/" + channel + "/messages")))
                .distinct()
                .toList();
        List<String> usedChannels = names(document.path("operations"))
                .map(operation -> document.at("/operations/" + operation + "/channel/$ref")
                        .asText()
                        .substring("#/channels/".length()))
                .distinct()
                .toList();

        assertThat(onChannels).containsExactlyInAnyOrderElementsOf(messages().toList());
        assertThat(usedChannels)
                .containsExactlyInAnyOrderElementsOf(
                        names(document.path("channels")).toList());
    }

    @Test
    void theChannelsAreTheTopics() throws IllegalAccessException {
        List<String> topics = new ArrayList<>();
        for (Field constant : Topics.class.getDeclaredFields()) {
            String topic = (String) constant.get(null);
            if (!topic.startsWith("-")) {
                topics.add(topic.endsWith("-") ? topic + "{agent}" : topic);
            }
        }
        assertThat(names(document.path("channels")).map(channel -> document.at("/channels/" + channel + "/address")
                        .asText()))
                .as("channels of asyncapi.yaml, each with an operation, and constants of Topics")
                .containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    void theTopicOfTaskEventsTakesEveryTypeThatTheReaderKnows() {
        assertThat(names(document.at("/channels/task-events/messages")).filter(name -> !name.equals("cloudevent")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TaskEventType.values())
                        .map(TaskEventType::wireName)
                        .toList());
    }

    @Test
    void theRegistryTakesEveryTypeThatTheReaderKnows() {
        assertThat(names(document.at("/channels/agent-registry/messages"))
                        .filter(name -> !name.equals("agent-cloudevent")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AgentRegistryEvent.Kind.values())
                        .map(AgentRegistryEvent.Kind::wireName)
                        .toList());
    }

    @Test
    void theErrorCodesOfResultsAreTheOnesWritten() {
        JsonNode codes = Contract.schemas().get("defs/agent.v1.json").at("/$defs/error_code/enum");

        assertThat(texts(codes))
                .containsExactlyElementsOf(Arrays.stream(AgentErrorCode.values())
                        .map(AgentErrorCode::wireName)
                        .toList());
        assertThat(AgentErrorCode.values())
                .allSatisfy(code -> assertThat(Contract.pages()).contains("`" + code.wireName() + "`"));
    }

    @Test
    void theHeadersOfADeadLetterAreTheOnesWritten() {
        JsonNode headers = message("dead-letter").path("headers");

        assertThat(names(headers.path("properties")))
                .containsExactlyInAnyOrder(
                        WireHeaders.ERROR_CODE,
                        WireHeaders.ERROR_MESSAGE,
                        WireHeaders.SOURCE_TOPIC,
                        WireHeaders.SOURCE_PARTITION,
                        WireHeaders.SOURCE_OFFSET,
                        WireHeaders.FIRST_SEEN);
        assertThat(texts(headers.at("/properties/error_code/enum")))
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .toList());
    }

    @Test
    void everyErrorCodeIsInTheDocument() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(Contract.pages()).contains("`" + code.wireName() + "`"));
    }

    private Stream<String> messages() {
        return names(document.at("/components/messages"));
    }

    private JsonNode message(String name) {
        return document.at("/components/messages/" + name);
    }

    private static Stream<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
