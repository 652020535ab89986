package io.millrace.connectors.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentServer;
import io.millrace.connectors.agents.AgentServer.Response;
import io.millrace.testing.llm.LlmServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As on Azure's App Service, which tells a process by its environment where tokens are. Hence a process. */
class ManagedIdentityITCase {
    private static final String TOKEN = "{\"access_token\":\"%s\",\"expires_on\":\"%d\","
            + "\"resource\":\"https://cognitiveservices.azure.com\",\"token_type\":\"Bearer\"}";

    @Test
    void aTokenOfTheMachineOpensTheService(@TempDir Path directory) throws IOException, InterruptedException {
        try (LlmServer llm = LlmServer.start();
                AgentServer identities = new AgentServer()) {
            llm.requireKey("token-1");
            long expires = Instant.now().plusSeconds(86_400).getEpochSecond();
            identities.answer(Response.of(200, TOKEN.formatted("token-1", expires)));

            String output = call(llm, identities, directory);

            assertThat(output.lines().filter(line -> line.contains("output={\"answer\":\"hello\"}")))
                    .as(output)
                    .hasSize(2);
            assertThat(identities.requests()).hasSize(1);
            assertThat(identities.lastRequest().path()).contains("resource=https");
            assertThat(identities.lastRequest().headers()).containsEntry("x-identity-header", "s3cret");
        }
    }

    @Test
    void withoutATokenTheCallFails(@TempDir Path directory) throws IOException, InterruptedException {
        try (LlmServer llm = LlmServer.start();
                AgentServer identities = new AgentServer()) {
            identities.answer(Response.of(400, "{\"error\":\"invalid_request\"}"));

            String output = call(llm, identities, directory);

            assertThat(output).contains("status=RETRYABLE", "code=UNAUTHORIZED").doesNotContain("s3cret");
            assertThat(llm.requests()).isEmpty();
        }
    }

    private static String call(LlmServer llm, AgentServer identities, Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManagedIdentityCall.class.getName(),
                        llm.azureEndpoint())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        process.environment().put("IDENTITY_ENDPOINT", identities.url() + "/token");
        process.environment().put("IDENTITY_HEADER", "s3cret");
        Process started = process.start();
        try {
            assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            started.destroyForcibly();
        }
        return Files.readString(output);
    }
}
