package io.millrace.gateway.openapi;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    private static final String IN_COMPONENTS = "#/components/schemas/";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;
    private JsonNode document;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("all", "acme", "ann", Role.USER, Role.values()),
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR));
        document = json(gateway.get(null, "/openapi.json").body().getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static Schema schemaOfDocuments() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi-3.1.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theDocumentIsOpenApi() throws Exception {
        assertThat(schemaOfDocuments().validate(document.toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void whatIsNoOpenApiIsSeenToBeNone() throws Exception {
        ((ObjectNode) document.at("/paths/~1v1~1tasks/get/responses/default")).remove("description");

        assertThat(schemaOfDocuments().validate(document.toString(), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void everySchemaInItIsAJsonSchemaAndEveryReferenceLeadsSomewhere() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        document.at("/components/schemas").properties().forEach(schema -> assertThat(
                        meta.validate(schema.getValue().toString(), InputFormat.JSON))
                .as(schema.getKey())
                .isEmpty());
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.asText()));

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith(IN_COMPONENTS);
            assertThat(document.at("/components/schemas").has(reference.substring(IN_COMPONENTS.length())))
                    .as(reference)
                    .isTrue();
        });
    }

    @Test
    void everyRouteIsInTheDocumentAndTheReverse() {
        Set<String> routes = new TreeSet<>();
        for (Route route : gateway.api().routes()) {
            assertThat(routes.add(route.method() + " " + route.path()))
                    .as(route.path())
                    .isTrue();
        }
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }

        assertThat(documented).isEqualTo(routes);
    }

    @Test
    void whatStandsInThePathIsAParameterOfThePath() {
        for (Route route : gateway.api().routes()) {
            Set<String> inPath = new TreeSet<>();
            for (String segment : route.path().split("/")) {
                if (segment.startsWith("{")) {
                    inPath.add(segment.substring(1, segment.length() - 1));
                }
            }
            Set<String> declared = new TreeSet<>();
            route.parameters().stream()
                    .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                    .forEach(parameter -> declared.add(parameter.name()));
            assertThat(declared).as(route.id()).isEqualTo(inPath);
        }
    }

    @Test
    void namesOfRoutesAreUniqueAndAllSayWhatTheyAre() {
        assertThat(gateway.api().routes()).extracting(Route::id).doesNotHaveDuplicates();
        assertThat(gateway.api().routes()).allSatisfy(route -> {
            assertThat(route.summary()).as(route.id()).endsWith(".");
            assertThat(route.parameters()).allSatisfy(parameter -> assertThat(parameter.description())
                    .as(route.id() + " " + parameter.name())
                    .endsWith("."));
        });
    }

    private void tellSome() throws Exception {
        gateway.model()
                .live()
                .tell(
                        log.flag("x", "{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}"),
                        log.task("acme", "ann", "x", 1, view -> view.put("priority", "P1")),
                        log.reminder("acme", "ann", "x", TestRecords.START),
                        log.preferences("acme", "ann", "https://hooks.example.com/ann"),
                        log.told("acme", "ann", true, TestRecords.START, "c"),
                        log.told("acme", "ann", false, TestRecords.START.plusSeconds(1), "c"),
                        log.waitingRun("acme", "x", 2, "x"),
                        log.workflow("acme", "x", "1.0.0", "input: {schema: {document: {type: object}}}"),
                        log.approval("acme", "x", "x"),
                        log.decision("acme", "x", "x", "ada"),
                        log.conversation("acme", "x", 1, "escalated"),
                        log.agent("x", "1"),
                        log.slo("billing", "orders", "ok", "2026-12-02T07:02:00Z"),
                        log.letter(
                                Topics.TASK_EVENTS,
                                TestRecords.example("task.completed"),
                                ErrorCode.UNKNOWN_TASK,
                                "m",
                                3));
    }

    private static String path(Route route) {
        return route.path()
                .replace("/v1/dead-letters/{id}", "/v1/dead-letters/task-events-dlq:0:0")
                .replaceAll("\\{[a-z_]+}", "x");
    }

    private HttpResponse<String> ask(Route route) throws Exception {
        // Who decides and who takes over is the caller, unless it acts for others.
        String token = route.form() != null && route.form().example().has("to") ? "ops" : "all";
        return gateway.send(token, route.method().name(), path(route), GatewayBed.exampleFor(route));
    }

    /** Replies as the document has them. */
    @Test
    void whatIsAnsweredIsWhatTheDocumentSays() throws Exception {
        tellSome();
        for (Route route : gateway.api().routes()) {
            boolean signed = route.path().equals("/hooks/{source}");
            if (route.answer().contentType().equals(Reply.EVENTS)
                    || route.path().equals("/console/{file}")
                    || signed) {
                continue;
            }
            HttpResponse<String> reply = ask(route);
            assertThat(reply.statusCode())
                    .as(route.id() + " " + reply.body())
                    .isEqualTo(route.answer().status());
            assertThat(reply.headers().firstValue("content-type"))
                    .as(route.id())
                    .contains(route.answer().contentType());
            if (route.answer().schema() != null) {
                assertThat(validate(route.answer().schema(), reply.body()))
                        .as(route.id())
                        .isEmpty();
            }
        }
    }

    private List<Error> validate(JsonNode schema, String body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString())
                .validate(body, InputFormat.JSON);
    }

    /** The other way round: what a form of the document does not allow is refused. */
    @Test
    void anExampleOfAFormIsAsItsSchemaSays() {
        gateway.api().routes().stream().filter(route -> route.form() != null).forEach(route -> assertThat(
                        validate(route.form().schema(), route.form().example().toString()))
                .as(route.id())
                .isEmpty());
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        for (String file : List.of("/docs", "/docs/docs.js", "/docs/docs.css")) {
            HttpResponse<String> reply = gateway.get(null, file);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).as(file).doesNotContain("http://", "https://", "//cdn");
        }
        assertThat(gateway.get(null, "/docs").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    }
}
