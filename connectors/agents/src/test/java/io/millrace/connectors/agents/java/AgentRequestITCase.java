package io.millrace.connectors.agents.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentServer;
import io.millrace.connectors.agents.AgentServer.Response;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentRequestITCase {
    @Test
    void whatAnotherAgentIsAskedEndsAtTheDeadline() {
        try (AgentServer other = new AgentServer();
                AgentTransports transports = AgentTransports.open(Attempts.HERE)) {
            other.answer(Response.of(200, "x".repeat(1_000_000)).after(Duration.ofSeconds(2)));
            // On a machine that is busy a deadline may pass before the server hears anything.
            Await.until("a question that the server has heard", () -> {
                AgentRequest request = new AgentRequest(Attempts.within(500, "{'kind':'in-process'}", "1"), transports);
                AgentAnswer answer = Attempts.await(
                        request.ask(Attempts.transport("{'kind':'http','url':'" + other.url() + "'}"), "1"));
                assertThat(answer.status()).isEqualTo(Status.TIMED_OUT);
                return !other.requests().isEmpty();
            });
            Await.until("nothing to be under way", () -> transports.underWay() == 0);
            Await.until("the server to find its client gone", () -> other.gone() > 0);
        }
    }
}
