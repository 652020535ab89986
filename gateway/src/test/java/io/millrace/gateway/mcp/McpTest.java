package io.millrace.gateway.mcp;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assistants, by the client of the official kit, and by hand where it would not send such a thing. */
class McpTest {
    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR),
                GatewayBed.caller("ann", "acme", "ann", Role.USER),
                GatewayBed.caller("bob", "acme", "bob", Role.USER),
                GatewayBed.caller("other", "beta", null, Role.OPERATOR),
                GatewayBed.caller("platform", "acme", null, Role.PLATFORM));
        gateway.model()
                .live()
                .tell(
                        log.task("acme", "ann", "t", 1, view -> view.put("title", "Pay the rent")),
                        log.workflow(
                                "acme",
                                "invoice",
                                "1.0.0",
                                "input: {schema: {document: {type: object, properties: {amount: {type: integer}},"
                                        + " required: [amount]}}}"),
                        log.workflow("acme", "notes", "1.0.0", "input: {schema: {document: {type: array}}}"),
                        log.workflow("acme", "bare", "1.0.0"),
                        log.letter(
                                Topics.TASK_EVENTS,
                                TestRecords.example("task.completed"),
                                ErrorCode.UNKNOWN_TASK,
                                "there is no such task",
                                3));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private McpSyncClient client(String token) {
        McpSyncClient client = McpClients.of(gateway.uri("/").getPort(), token);
        client.initialize();
        return client;
    }

    private static CallToolRequest call(String tool, Map<String, Object> arguments) {
        return CallToolRequest.builder(tool).arguments(arguments).build();
    }

    private static JsonNode structured(CallToolResult result) {
        return TestRecords.JSON.valueToTree(result.structuredContent());
    }

    private JsonNode written(int index) {
        return json(gateway.written().get(index).value());
    }

    private JsonNode rpc(String token, String message) throws Exception {
        HttpResponse<String> reply = gateway.post(token, "/mcp", message);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aClientIsToldTheLatestRevisionAndWhatThereIs() {
        try (McpSyncClient ann = client("ann")) {
            assertThat(ann.getCurrentInitializationResult().protocolVersion()).isEqualTo("2025-11-25");
            assertThat(ann.getServerInfo().name()).isEqualTo("millrace");
            assertThat(ann.getServerInstructions()).contains("after");
            ann.ping();
        }
    }

    @Test
    void callersAreShownTheToolsThatTheyMayUse() {
        try (McpSyncClient ann = client("ann");
                McpSyncClient ops = client("ops");
                McpSyncClient platform = client("platform")) {
            assertThat(ann.listTools().tools())
                    .extracting(Tool::name)
                    .contains("listTasks", "createTask", "approve")
                    .doesNotContain("startRun", "listConversations", "listDeadLetters", "run_invoice");
            assertThat(ops.listTools().tools())
                    .extracting(Tool::name)
                    .contains("createTask", "startRun", "run_invoice", "run_notes", "run_bare")
                    .doesNotContain("listDeadLetters");
            assertThat(platform.listTools().tools())
                    .extracting(Tool::name)
                    .contains("listDeadLetters", "replayDeadLetter", "listSlo")
                    .doesNotContain("listTasks", "run_invoice");
        }
    }

    @Test
    void aTaskIsCreatedListedAndCompleted() {
        try (McpSyncClient ann = client("ann")) {
            CallToolResult created =
                    ann.callTool(call("createTask", Map.of("title", "Buy milk", "tags", List.of("home"))));
            assertThat(created.isError()).isFalse();
            assertThat(structured(created).path("event_id").asText())
                    .isEqualTo(written(0).path("event_id").asText());
            assertThat(written(0).path("title").asText()).isEqualTo("Buy milk");
            assertThat(written(0).path("user_id").asText()).isEqualTo("ann");

            CallToolResult listed = ann.callTool(call("listTasks", Map.of("q", "rent", "status", List.of("open"))));
            assertThat(structured(listed).path("items")).hasSize(1);
            assertThat(McpClients.text(listed)).startsWith("One:").contains("Pay the rent");

            ann.callTool(call("completeTask", Map.of("task_id", "t")));
            assertThat(written(1).path("event_type").asText()).isEqualTo("task.completed");
        }
    }

    @Test
    void whatIsWrongIsToldInTheWordsOfTheProblem() {
        try (McpSyncClient ann = client("ann")) {
            CallToolResult wrong = ann.callTool(call("createTask", Map.of("title", "x", "priority", "urgent")));
            assertThat(wrong.isError()).isTrue();
            assertThat(McpClients.text(wrong)).isEqualTo("priority: must be one of P1, P2, P3, P4");
            assertThat(structured(wrong).path("code").asText()).isEqualTo("invalid_value");

            assertThat(McpClients.text(ann.callTool(call("getTask", Map.of("task_id", "none")))))
                    .isEqualTo("there is no such task");
            assertThat(McpClients.text(ann.callTool(call("getTask", Map.of("id", "t")))))
                    .startsWith("id: there is no such argument; there are after,");
            assertThat(McpClients.text(ann.callTool(call("getTask", Map.of()))))
                    .isEqualTo("task_id: missing");
            assertThat(McpClients.text(ann.callTool(call("listTasks", Map.of("limit", 51)))))
                    .isEqualTo("limit: must be a number from 1 to 50");
            assertThat(gateway.written()).isEmpty();
        }
    }

    @Test
    void theSameKeyIsTheSameEvent() {
        try (McpSyncClient ann = client("ann")) {
            for (int i = 0; i < 2; i++) {
                ann.callTool(call("createTask", Map.of("title", "x", "idempotency_key", "once")));
            }
            assertThat(written(0).path("event_id")).isEqualTo(written(1).path("event_id"));
        }
    }

    @Test
    void aWorkflowIsAToolThatStartsARun() {
        try (McpSyncClient ops = client("ops")) {
            CallToolResult started = ops.callTool(call("run_invoice", Map.of("amount", 12)));
            assertThat(started.isError()).as(McpClients.text(started)).isFalse();
            assertThat(written(0).path("event_type").asText()).isEqualTo("workflow.start");
            assertThat(written(0).path("workflow").asText()).isEqualTo("invoice");
            assertThat(written(0).path("tenant").asText()).isEqualTo("acme");
            assertThat(written(0).path("input").path("amount").asInt()).isEqualTo(12);
            assertThat(structured(started).path("run_id"))
                    .isEqualTo(written(0).path("run_id"));

            assertThat(ops.callTool(call("run_notes", Map.of("input", List.of("a"))))
                            .isError())
                    .isFalse();
            assertThat(written(1).path("input").get(0).asText()).isEqualTo("a");
            assertThat(ops.callTool(call("run_bare", Map.of())).isError()).isFalse();
        }
    }

    @Test
    void anInputThatTheWorkflowDoesNotTakeStartsNothing() {
        try (McpSyncClient ops = client("ops")) {
            CallToolResult wrong = ops.callTool(call("run_invoice", Map.of("amount", "much")));
            assertThat(wrong.isError()).isTrue();
            assertThat(McpClients.text(wrong)).startsWith("input: ").contains("amount");
            assertThat(McpClients.text(ops.callTool(call("run_notes", Map.of())))).isEqualTo("input: missing");
            assertThat(gateway.written()).isEmpty();
        }
    }

    @Test
    void nobodyReachesWhatIsAnothers() {
        try (McpSyncClient bob = client("bob");
                McpSyncClient other = client("other")) {
            assertThat(bob.callTool(call("getTask", Map.of("task_id", "t"))).isError())
                    .isTrue();
            assertThat(McpClients.text(bob.callTool(call("getTask", Map.of("task_id", "t", "user", "ann")))))
                    .isEqualTo("only operators may ask for others");
            assertThatThrownBy(() -> bob.callTool(call("startRun", Map.of("workflow", "invoice"))))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("there is no tool startRun");
            assertThatThrownBy(() -> bob.callTool(call("run_invoice", Map.of("amount", 1))))
                    .isInstanceOf(McpError.class);
            assertThatThrownBy(() -> other.callTool(call("run_invoice", Map.of("amount", 1))))
                    .isInstanceOf(McpError.class);
            assertThat(other.listTools().tools()).extracting(Tool::name).doesNotContain("run_invoice");
            assertThat(gateway.written()).isEmpty();
        }
    }

    @Test
    void whatCanBeReadIsAResource() {
        try (McpSyncClient ann = client("ann");
                McpSyncClient bob = client("bob");
                McpSyncClient ops = client("ops")) {
            assertThat(ann.listResources().resources())
                    .extracting(resource -> resource.uri())
                    .contains("millrace://tasks", "millrace://approvals")
                    .doesNotContain("millrace://runs");
            assertThat(ann.listResourceTemplates().resourceTemplates())
                    .extracting(template -> template.uriTemplate())
                    .contains("millrace://tasks/{task_id}");
            assertThat(read(ann, "millrace://tasks/t")).contains("Pay the rent");
            assertThat(read(ops, "millrace://tasks?user=ann&q=rent")).contains("Pay the rent");
            assertThatThrownBy(() -> read(bob, "millrace://tasks/t")).hasMessageContaining("there is no such task");
            assertThatThrownBy(() -> read(bob, "millrace://runs")).hasMessageContaining("there is no resource");
            assertThatThrownBy(() -> read(bob, "file:///etc/passwd")).hasMessageContaining("there is no resource");
        }
    }

    private static String read(McpSyncClient client, String uri) {
        return ((TextResourceContents)
                        client.readResource(ReadResourceRequest.builder(uri).build())
                                .contents()
                                .get(0))
                .text();
    }

    @Test
    void aDeadLetterIsPutBackByWhoRunsThePlatform() {
        try (McpSyncClient platform = client("platform")) {
            assertThat(structured(platform.callTool(call("listDeadLetters", Map.of())))
                            .path("items"))
                    .hasSize(1);
            platform.callTool(call("replayDeadLetter", Map.of("id", "task-events-dlq:0:0")));
            assertThat(gateway.replayed()).hasSize(1);
        }
    }

    @Test
    void manyWorkflowsComeInParts() throws Exception {
        for (int i = 0; i < 60; i++) {
            gateway.model().tell(log.workflow("beta", "w" + i, "1.0.0"));
        }
        JsonNode first = rpc("other", "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}");
        String next = first.at("/result/nextCursor").asText();
        JsonNode second = rpc(
                "other",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{\"cursor\":\"" + next + "\"}}");
        assertThat(second.at("/result/tools")).hasSize(10);
        assertThat(second.at("/result").has("nextCursor")).isFalse();
        assertThat(rpc("other", "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
    }

    @Test
    void everySchemaOfAToolIsOne() throws Exception {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (String token : List.of("ops", "platform")) {
            JsonNode tools = rpc(token, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                    .at("/result/tools");
            assertThat(tools).isNotEmpty().allSatisfy(tool -> {
                ObjectNode schema = (ObjectNode) tool.path("inputSchema");
                assertThat(meta.validate(schema)).as(tool.path("name").asText()).isEmpty();
                assertThat(schema.path("type").asText()).isEqualTo("object");
                for (JsonNode reference : schema.findValues("$ref")) {
                    assertThat(schema.at(reference.asText().substring(1)).isMissingNode())
                            .as(reference.asText())
                            .isFalse();
                }
            });
        }
    }

    @Test
    void messagesThatAreNoneAreRefusedInTheWayOfTheProtocol() throws Exception {
        assertThat(rpc("ann", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32601);
        assertThat(rpc("ann", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}").at("/error/code").asInt())
                .isEqualTo(-32600);
        assertThat(rpc("ann", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32600);
        assertThat(rpc(
                                "ann",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"listTasks\","
                                        + "\"arguments\":[]}}")
                        .at("/error/message")
                        .asText())
                .isEqualTo("arguments: must be an object");
        assertThat(gateway.post("ann", "/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(gateway.post("ann", "/mcp", "[]").statusCode()).isEqualTo(400);
        assertThat(gateway.get("ann", "/mcp").statusCode()).isEqualTo(405);
        assertThat(gateway.post(null, "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherRevisionOrAPageOfElsewhereIsRefused() throws Exception {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(gateway.send("ann", "POST", "/mcp", ping, "MCP-Protocol-Version", "1999-01-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("ann", "POST", "/mcp", ping, "MCP-Protocol-Version", "2025-06-18")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("ann", "POST", "/mcp", ping, "Origin", "https://evil.example.com")
                        .statusCode())
                .isEqualTo(403);
    }

    /** A key in the headers that a client always sends would make one event of all. */
    @Test
    void aKeyOfTheRequestIsNoneOfATool() throws Exception {
        String create = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"createTask\","
                + "\"arguments\":{\"title\":\"x\"}}}";
        gateway.send("ann", "POST", "/mcp", create, "Idempotency-Key", "always");
        gateway.send("ann", "POST", "/mcp", create, "Idempotency-Key", "always");
        assertThat(written(0).path("event_id")).isNotEqualTo(written(1).path("event_id"));
    }

    @Test
    void callsAreCounted() throws Exception {
        try (McpSyncClient ann = client("ann")) {
            ann.callTool(call("getTask", Map.of("task_id", "t")));
            ann.callTool(call("getTask", Map.of("task_id", "none")));
        }
        assertThat(gateway.get(null, "/metrics").body())
                .contains(
                        "gateway_mcp_calls_total{tool=\"getTask\",outcome=\"done\"} 1",
                        "gateway_mcp_calls_total{tool=\"getTask\",outcome=\"refused\"} 1");
    }
}
