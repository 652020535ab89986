package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepApiTest {
    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(directory, GatewayBed.caller("ops", "acme", null, Role.OPERATOR));
        gateway.model()
                .tell(
                        log.run("acme", "r", 2, "running", run -> run.put("workflow", "note")
                                .put("version", "1.0.0")),
                        log.step("acme", "r", 1, "run_started", null, event -> {}),
                        log.step("acme", "r", 2, "step_started", "/do/0/nothing", event -> {}));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private JsonNode steps(String query) throws Exception {
        return json(gateway.get("ops", "/v1/runs/r/steps" + query).body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void stepsComeWithTheDefinitionAsJson() throws Exception {
        assertThat(steps("").has("definition")).isFalse();
        gateway.model().tell(log.workflow("acme", "note", "1.0.0"), log.workflow("acme", "note", "2.0.0"));

        JsonNode answer = steps("?newer_than=1");
        assertThat(answer.path("number").asInt()).isEqualTo(2);
        assertThat(answer.at("/items/0/step").asText()).isEqualTo("/do/0/nothing");
        assertThat(answer.at("/items/0/state").asText()).isEqualTo("started");
        assertThat(answer.at("/definition/document/version").asText()).isEqualTo("1.0.0");
        assertThat(answer.at("/definition/do/0/nothing").isObject()).isTrue();
    }

    @Test
    void aRunThatIsNotThereHasNone() throws Exception {
        assertThat(gateway.get("ops", "/v1/runs/none/steps").statusCode()).isEqualTo(404);
    }
}
