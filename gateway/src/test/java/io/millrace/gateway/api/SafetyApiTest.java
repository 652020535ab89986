package io.millrace.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.rollout.SafetyFlag;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway refuses while a flag says so. */
class SafetyApiTest {
    private static final String ON = "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on',"
            + "'metadata':{'reason':'we move the cluster'}}";
    private static final String OF_ACME =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off',"
                    + "'targeting':{'if':[{'==':[{'var':'tenant'},'acme']},'on']}}";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ann", "acme", "ann", Role.USER),
                GatewayBed.caller("bob", "umbrella", "bob", Role.USER));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private void flag(SafetyFlag flag, String definition) throws Exception {
        gateway.model().live().tell(log.flag(flag.key(), definition.replace('\'', '"')));
    }

    private HttpResponse<String> write(String caller) throws Exception {
        return gateway.post(caller, "/v1/tasks", "{\"title\":\"Water the plants\"}");
    }

    @Test
    void whileItIsReadOnlyNothingIsWritten() throws Exception {
        assertThat(write("ann").statusCode()).isLessThan(300);
        flag(SafetyFlag.READ_ONLY, ON);

        HttpResponse<String> refused = write("ann");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("read_only", "the gateway takes no writes now: we move the cluster");
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        assertThat(gateway.get("ann", "/v1/tasks").statusCode()).isEqualTo(200);
        assertThat(gateway.post("ann", "/ofrep/v1/evaluate/flags", "{\"context\":{}}")
                        .statusCode())
                .isEqualTo(200);

        flag(SafetyFlag.READ_ONLY, ON.replace("'defaultVariant':'on'", "'defaultVariant':'off'"));
        assertThat(write("ann").statusCode()).isLessThan(300);
    }

    @Test
    void itMayBeReadOnlyForATenantAlone() throws Exception {
        flag(SafetyFlag.READ_ONLY, OF_ACME);

        assertThat(write("ann").statusCode()).isEqualTo(503);
        assertThat(write("bob").statusCode()).isLessThan(300);
    }

    @Test
    void underMaintenanceItSaysHowItIsAndWhatFlagsAre() throws Exception {
        flag(SafetyFlag.MAINTENANCE, ON);

        assertThat(gateway.get("ann", "/v1/tasks").statusCode()).isEqualTo(503);
        assertThat(gateway.get("ann", "/v1/tasks").body()).contains("under maintenance: we move the cluster");
        assertThat(gateway.get("ann", "/health").statusCode()).isEqualTo(200);
        assertThat(gateway.post("ann", "/ofrep/v1/evaluate/flags/" + SafetyFlag.MAINTENANCE.key(), "{\"context\":{}}")
                        .body())
                .contains("true");
    }

    @Test
    void toolsOfAssistantsAreRefusedToo() throws Exception {
        flag(SafetyFlag.READ_ONLY, ON);

        HttpResponse<String> answer = gateway.post(
                "ann",
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"createTask\",\"arguments\":"
                        + "{\"title\":\"Water the plants\"}}}");

        assertThat(answer.body()).contains("read_only").contains("\"isError\":true");
    }
}
