package io.millrace.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.AbfsConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadIdentityTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String ACCOUNT = "millraceprod.dfs.core.windows.net";

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"aaa.bbb-_c\"}";

    /** What answers as Entra ID does, for one tenant. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tenant-1/oauth2/v2.0/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        environment.put("AZURE_CLIENT_ID", "client-1");
        environment.put("AZURE_TENANT_ID", "tenant-1");
        environment.put(
                "AZURE_AUTHORITY_HOST",
                "http://localhost:" + server.getAddress().getPort() + "/");
        environment.put(
                "AZURE_FEDERATED_TOKEN_FILE",
                Files.writeString(directory.resolve("token"), "pod.token\n").toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theTokenOfThePodIsExchangedForOneOfTheStorage() throws Exception {
        WorkloadIdentityTokens tokens = tokens();

        assertThat(tokens.getAccessToken()).isEqualTo("aaa.bbb-_c");
        assertThat(tokens.getExpiryTime()).isEqualTo(Date.from(NOW.plusSeconds(3599)));
        assertThat(form(asked.get(0)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "client-1",
                        "scope", "https://storage.azure.com/.default",
                        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion", "pod.token"));
    }

    @Test
    void aTokenOfThePodThatWasRenewedIsRead() throws Exception {
        WorkloadIdentityTokens tokens = tokens();
        tokens.getAccessToken();
        Files.writeString(directory.resolve("token"), "pod.token.2");
        tokens.getAccessToken();

        assertThat(form(asked.get(1))).containsEntry("client_assertion", "pod.token.2");
    }

    @Test
    void aRefusalIsSaidWithItsReasonAndWithoutATokenOfThePod() {
        status = 401;
        answer = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700213\"}";

        assertThatThrownBy(() -> tokens().getAccessToken())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 401, invalid_client")
                .hasMessageContaining("federated credential")
                .hasMessageNotContaining("pod.token");
    }

    @Test
    void anAnswerWithoutATokenIsNone() {
        answer = "<html>sign in</html>";

        assertThatThrownBy(() -> tokens().getAccessToken())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no token for Azure storage: status 200");
    }

    @Test
    void aPodWithoutAnIdentityIsToldWhatItLacks() {
        environment.remove("AZURE_FEDERATED_TOKEN_FILE");

        assertThatThrownBy(() -> tokens().initialize(new Configuration(false), ACCOUNT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AZURE_FEDERATED_TOKEN_FILE is not set")
                .hasMessageContaining("azure.workload.identity/use");
    }

    /** By the settings that the chart gives: Hadoop makes the class, and asks it. This process has no such identity. */
    @Test
    void hadoopAsksItByItsName() throws Exception {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.azure.account.auth.type." + ACCOUNT, "Custom");
        hadoop.set("fs.azure.account.oauth.provider.type." + ACCOUNT, WorkloadIdentityTokens.class.getName());

        assertThatThrownBy(() -> new AbfsConfiguration(hadoop, ACCOUNT).getTokenProvider())
                .hasStackTraceContaining("AZURE_CLIENT_ID is not set: the pod has no workload identity");
    }

    private WorkloadIdentityTokens tokens() {
        return new WorkloadIdentityTokens(environment, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
