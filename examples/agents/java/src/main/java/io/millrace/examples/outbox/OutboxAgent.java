package io.millrace.examples.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.AgentErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * {@code outbox}: puts a letter as a file into the directory that {@code directory} of its transport names, or else
 * into {@code millrace-outbox} among the temporary files. The file's name is the idempotency key: an attempt that is
 * repeated puts the same letter in the same place, and its answer is the same.
 */
public final class OutboxAgent implements Agent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEFAULT = Path.of(System.getProperty("java.io.tmpdir"), "millrace-outbox");

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws AgentFailure, JsonProcessingException {
        JsonNode letter = JSON.readTree(request.input());
        if (!letter.path("to").isTextual() || !letter.path("text").isTextual()) {
            throw AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, "a letter has \"to\" and \"text\"");
        }
        JsonNode directory = JSON.readTree(request.settings()).path("directory");
        Path outbox = directory.isTextual() ? Path.of(directory.textValue()) : DEFAULT;
        // Where another agent asks, there is a '/' in it.
        Path file = outbox.resolve(request.idempotencyKey().replace('/', '-') + ".json");
        try {
            Files.createDirectories(outbox);
            Path draft = Files.createTempFile(outbox, "draft-", null);
            Files.writeString(draft, letter.toString());
            // All of it or nothing, and in the place of the same letter where there was an attempt before.
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AgentFailure.retryable(AgentErrorCode.AGENT_FAILED, "the outbox can't be written now")
                    .retryAfter(Duration.ofSeconds(5));
        }
        return CompletableFuture.completedFuture(
                JSON.createObjectNode().put("letter", file.toString()).toString());
    }
}
