package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.wire.Uuid5;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    static List<String> examples() {
        return List.copyOf(Contract.examples().keySet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleSatisfiesItsSchema(String name) {
        JsonNode example = Contract.example(name);

        assertThat(Contract.errors(Contract.schemaOf(example), example)).isEmpty();
        assertThat(Contract.errorsAssertingFormats(Contract.schemaOf(example), example))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsNamedAfterItsType(String name) {
        JsonNode example = Contract.example(name);
        String type =
                example.path(example.has("specversion") ? "type" : "event_type").asText();

        assertThat(name).matches(type.replace(".", "\\.") + "(\\.[a-z]+)?\\.v1\\.json");
    }

    @Test
    void everyEventHasAnExample() {
        assertThat(Contract.examples().keySet())
                .containsAll(Contract.eventSchemas().keySet());
    }

    @Test
    void everyFieldOfATaskIsInAnExampleOfItsCreation() {
        JsonNode content = Contract.schemas().get("task.created.v1.json").at("/$defs/content/properties");
        JsonNode recurrence = Contract.schemas().get("defs/recurrence.v1.json").path("properties");
        List<String> shown = Contract.examples().entrySet().stream()
                .filter(example -> example.getKey().startsWith("task.created."))
                .flatMap(example -> names(example.getValue()))
                .toList();

        assertThat(shown).containsAll(names(content).toList());
        // cron and every are the other two ways to say when
        assertThat(Contract.example("task.created.v1.json").path("recurrence").size())
                .isEqualTo(recurrence.size() - 2);
    }

    private static Stream<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    @Test
    void theIdsOfExamplesThatFollowFromOthersAreDerivedAsDocumented() {
        UUID update = id("task.updated.v1.json");

        assertThat(id("reminder.due.v1.json")).isEqualTo(Uuid5.of(update, "60"));
        assertThat(id("task.changed.v1.json")).isEqualTo(Uuid5.of(update, "t-42"));
    }

    private static UUID id(String example) {
        return UUID.fromString(Contract.example(example).path("event_id").asText());
    }
}
