package io.millrace.gateway.mcp;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayServer;
import io.millrace.gateway.GatewaySettings;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.hooks.Signing;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assistant with the client of the official kit, and a sender of webhooks, on a gateway with keys and a real broker. */
class McpITCase {
    private static final String HOOK = "hook-secret-0123456789";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();

    private static String key(String name, String roles, String user) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        return "  - {name: " + name + ", sha256: " + HexFormat.of().formatHex(hash) + ", tenant: acme, roles: [" + roles
                + "]" + (user == null ? "" : ", user: " + user) + "}\n";
    }

    private GatewaySettings settings(String kafka) throws Exception {
        Path keys = directory.resolve("keys.yaml");
        Files.writeString(
                keys, "keys:\n" + key("ann", "user", "ann") + key("bob", "user", "bob") + key("ops", "operator", null));
        Path hooks = directory.resolve("hooks.yaml");
        Files.writeString(
                hooks,
                "sources:\n  - name: shop\n    tenant: acme\n    signature: {kind: github, secrets: [{env: HOOK}]}\n"
                        + "    events: [{type: task.created, fields: {user_id: ann, title: '${ .title }'}}]\n");
        return GatewaySettings.of(
                new String[] {
                    "--kafka.bootstrap-servers",
                    kafka,
                    "--data-dir",
                    directory.resolve("gateway").toString(),
                    "--http.port",
                    "0",
                    "--auth",
                    "keys",
                    "--auth.keys-file",
                    keys.toString(),
                    "--hooks.file",
                    hooks.toString()
                },
                Map.of("HOOK", HOOK));
    }

    private static McpSyncClient client(GatewayServer gateway, String key) {
        McpSyncClient client = McpClients.of(gateway.port(), key);
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static List<JsonNode> events(TopicProbe probe, String topic) {
        return probe.jsonOf(topic);
    }

    @Test
    void anAssistantCreatesATaskAndStartsAWorkflowAndASenderIsHeard() throws Exception {
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicProbe probe = new TopicProbe(
                        broker,
                        List.of(
                                TopicSpec.logAppended(Topics.TASK_EVENTS, 1),
                                TopicSpec.logAppended(Topics.TASK_UPDATES, 1),
                                TopicSpec.logAppended(Topics.WORKFLOW_COMMANDS, 1),
                                TopicSpec.logAppended(Topics.WORKFLOW_DEFINITIONS, 1)
                                        .with("cleanup.policy", "compact")))) {
            SourceRecord workflow = log.workflow(
                    "acme", "invoice", "1.0.0", "input: {schema: {document: {type: object, required: [amount]}}}");
            probe.publish(new ProducerRecord<>(workflow.topic(), null, workflow.key(), workflow.value()));
            probe.flush();
            try (GatewayServer gateway = GatewayServer.start(settings(broker.bootstrapServers()))) {
                assist(gateway, probe);
                deliver(gateway, probe);
            }
        }
    }

    private static void assist(GatewayServer gateway, TopicProbe probe) throws Exception {
        try (McpSyncClient ann = client(gateway, "ann");
                McpSyncClient bob = client(gateway, "bob");
                McpSyncClient ops = client(gateway, "ops")) {
            Await.until(
                    "the workflow is a tool",
                    () -> ops.listTools().tools().stream().map(Tool::name).anyMatch("run_invoice"::equals));
            assertThat(ann.listTools().tools()).extracting(Tool::name).doesNotContain("run_invoice", "startRun");

            assertThat(call(ann, "createTask", Map.of("task_id", "t", "title", "Buy milk"))
                            .isError())
                    .isFalse();
            assertThat(call(ops, "run_invoice", Map.of("amount", 12)).isError()).isFalse();
            assertThat(call(ops, "run_invoice", Map.of()).isError()).isTrue();
            assertThat(call(bob, "getTask", Map.of("task_id", "t")).isError()).isTrue();
            assertThat(call(bob, "listTasks", Map.of("user", "ann")).isError()).isTrue();
            assertThatThrownBy(() -> call(bob, "run_invoice", Map.of("amount", 1)))
                    .hasMessageContaining("there is no tool");
        }
        probe.await("the task", () -> events(probe, Topics.TASK_EVENTS).stream()
                .anyMatch(event -> event.path("title").asText().equals("Buy milk")
                        && event.path("user_id").asText().equals("ann")));
        probe.await("the run", () -> events(probe, Topics.WORKFLOW_COMMANDS).size() == 1);
    }

    private static void deliver(GatewayServer gateway, TopicProbe probe) throws Exception {
        String body = "{\"title\":\"From the shop\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + "/hooks/shop"))
                .header("X-Hub-Signature-256", "sha256=" + Signing.hex("HmacSHA256", HOOK, body))
                .header("X-GitHub-Delivery", "d-1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        JsonNode answer = json(reply.body().getBytes(StandardCharsets.UTF_8));
        probe.await("the event", () -> events(probe, Topics.TASK_EVENTS).stream()
                .anyMatch(event -> event.path("event_id").equals(answer.at("/items/0/event_id"))));
    }
}
