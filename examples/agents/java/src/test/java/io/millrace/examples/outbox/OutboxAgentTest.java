package io.millrace.examples.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as the job calls it. */
class OutboxAgentTest {
    private static final String LETTER = "{\"to\":\"ann\",\"text\":\"hello\"}";

    private final AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS);

    @TempDir
    private Path outbox;

    @AfterEach
    void close() {
        transports.close();
    }

    private AgentAnswer call(int number, Path directory, String input) throws Exception {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.put("kind", "in-process").put("name", "outbox").put("directory", directory.toString());
        AgentAttempt attempt = new AgentAttempt(
                "key#" + number,
                "key",
                "owner",
                "default",
                "outbox",
                "1",
                number,
                input,
                null,
                new Transport("in-process", settings.toString()),
                null,
                5_000,
                System.currentTimeMillis() + 5_000,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                null,
                null);
        return transports.call(attempt).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRepeatedAttemptWritesNoSecondLetter() throws Exception {
        AgentAnswer first = call(1, outbox, LETTER);
        AgentAnswer second = call(2, outbox, LETTER);

        assertThat(first.status()).isEqualTo(Status.OK);
        assertThat(second).isEqualTo(first);
        try (Stream<Path> letters = Files.list(outbox)) {
            assertThat(letters).containsExactly(outbox.resolve("key.json"));
        }
        assertThat(outbox.resolve("key.json")).hasContent(LETTER);
    }

    @Test
    void whatIsNoLetterIsRejected() throws Exception {
        AgentAnswer answer = call(1, outbox, "{}");

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
    }

    @Test
    void anOutboxThatCannotBeWrittenIsTriedAgain() throws Exception {
        Path file = Files.createFile(outbox.resolve("file"));

        AgentAnswer answer = call(1, file.resolve("below"), LETTER);

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.retryAfterMs()).isEqualTo(5_000);
    }
}
