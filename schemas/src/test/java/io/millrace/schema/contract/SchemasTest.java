package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

    private static final SortedMap<String, JsonNode> SCHEMAS = Contract.schemas();

    static List<String> schemas() {
        return List.copyOf(SCHEMAS.keySet());
    }

    static List<String> eventSchemas() {
        return List.copyOf(Contract.eventSchemas().keySet());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaIsValidAgainstTheMetaSchema(String name) {
        assertThat(SCHEMAS.get(name).path("$schema").asText())
                .isEqualTo(SpecificationVersion.DRAFT_2020_12.getDialectId());
        assertThat(Contract.metaSchemaErrors(SCHEMAS.get(name))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaIsIdentifiedByItsPath(String name) {
        assertThat(SCHEMAS.get(name).path("$id").asText()).isEqualTo(Contract.BASE + name);
    }

    @ParameterizedTest
    @MethodSource("eventSchemas")
    void anEventSchemaIsNamedAfterItsTypeAndVersion(String name) {
        JsonNode schema = SCHEMAS.get(name);
        String type = schema.at("/properties/event_type/const").asText();
        assertThat(name).isEqualTo(type + ".v1.json");
        assertThat(schema.path("title").asText()).isEqualTo(type + ", version 1");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyPropertyIsTitledAndDescribed(String name) {
        JsonNode envelope = SCHEMAS.get("defs/envelope.v1.json").at("/$defs/fields/properties");
        List<String> bare = new ArrayList<>();
        Contract.forEachSubschema(SCHEMAS.get(name), (pointer, schema) -> {
            boolean definesAProperty = pointer.matches("(/\\$defs/[a-z_]+)?/properties/[^/]+")
                    && !pointer.contains("/$defs/is_")
                    && !envelope.has(pointer.substring(pointer.lastIndexOf('/') + 1));
            boolean definedElsewhere = schema.has("$ref") || schema.has("anyOf");
            if (definesAProperty && !definedElsewhere && !(schema.has("title") && schema.has("description"))) {
                bare.add(pointer);
            }
        });
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyExampleInASchemaSatisfiesTheSchemaItStandsIn(String name) {
        List<String> wrong = new ArrayList<>();
        Contract.forEachSubschema(SCHEMAS.get(name), (pointer, schema) -> {
            for (JsonNode example : schema.path("examples")) {
                Contract.errorsAssertingFormats(name + "#" + pointer, example)
                        .forEach(error -> wrong.add(pointer + " " + example + ": " + error));
            }
        });
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void unknownFieldsAreAllowed(String name) {
        Contract.forEachSubschema(SCHEMAS.get(name), (pointer, schema) -> assertThat(
                        // Of a map they are said to be of a type.
                        schema.has("additionalProperties")
                                        && !schema.path("additionalProperties").isObject()
                                || schema.has("unevaluatedProperties"))
                .as(pointer)
                .isFalse());
    }

    @Test
    void everyPropertyOfEverySchemaIsInTheDocument() {
        String document = Contract.pages();
        SortedSet<String> undocumented = new TreeSet<>();
        SCHEMAS.forEach((name, root) -> Contract.forEachSubschema(
                root,
                (pointer, schema) -> schema.path("properties").properties().forEach(property -> {
                    if (!isDocumented(document, property.getKey())) {
                        undocumented.add(name + ": " + property.getKey());
                    }
                })));
        assertThat(undocumented).isEmpty();
    }

    /** In backticks in the text, or in quotes in an example of an event. */
    private static boolean isDocumented(String document, String property) {
        return Pattern.compile("`" + property + "`|\"" + property + "\":")
                .matcher(document)
                .find();
    }
}
