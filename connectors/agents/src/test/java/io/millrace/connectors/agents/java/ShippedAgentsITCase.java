package io.millrace.connectors.agents.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentServer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import io.millrace.testing.llm.LlmReply;
import io.millrace.testing.llm.LlmServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedAgentsITCase {
    private static final String SUMMARISER = "{'kind':'in-process','name':'summariser','deployment':'gpt-4o'}";
    private static final String TEXT =
            "{\"text\":\"A mill needs water. The water of the millrace drives the mill all day."
                    + " Cats sleep. Without the millrace the mill has no water.\",\"sentences\":2}";

    @Test
    void theNotifierPostsToItsWebhook(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("hook"), "s3cret");
        Files.writeString(secrets.resolve("hook.hosts"), "localhost");
        try (AgentServer webhook = new AgentServer();
                AgentTransports transports = AgentTransports.open(Attempts.HERE.secretsIn(secrets.toString()))) {
            webhook.answer(AgentServer.Response.of(200, "ok"));
            String settings = "{'kind':'in-process','name':'notifier','url':'" + webhook.url()
                    + "/hook','headers':{'x-token':{'secret':'hook'}}}";

            AgentAnswer answer = Attempts.answer(transports, Attempts.of(settings, "{\"text\":\"hello\"}"));

            assertThat(answer.output()).isEqualTo("{\"delivered\":\"webhook\"}");
            assertThat(webhook.lastRequest().body()).isEqualTo("{\"text\":\"hello\"}");
            assertThat(webhook.lastRequest().headers())
                    .containsEntry("idempotency-key", Attempts.KEY + "/1")
                    .containsEntry("x-token", "s3cret");
            webhook.answer(AgentServer.Response.of(503, "").with("Retry-After", "2"));
            AgentAnswer later = Attempts.answer(transports, Attempts.of(settings, "{}"));
            assertThat(later.status()).isEqualTo(Status.RETRYABLE);
            assertThat(later.error().message()).isEqualTo("HTTP status 503");
            assertThat(later.retryAfterMs()).isEqualTo(2_000);
        }
    }

    @Test
    void withoutAWebhookTheNotifierWritesToTheLog() {
        try (AgentTransports transports = AgentTransports.open(Attempts.HERE)) {
            AgentAnswer answer = Attempts.answer(
                    transports, Attempts.of("{'kind':'in-process','name':'notifier'}", "{\"text\":\"hello\"}"));

            assertThat(answer.output()).isEqualTo("{\"delivered\":\"log\"}");
        }
    }

    @Test
    void withoutAModelTheSummaryIsAnExtract() {
        try (AgentTransports transports = AgentTransports.open(Attempts.HERE)) {
            AgentAnswer answer = Attempts.answer(transports, Attempts.of(SUMMARISER, TEXT));

            assertThat(answer.output())
                    .isEqualTo(
                            "{\"summary\":\"A mill needs water. The water of the millrace drives the mill all day.\","
                                    + "\"by\":\"extraction\"}");
            assertThat(answer.usage()).isEqualTo(Usage.NONE);
        }
    }

    @Test
    void whatIsNoTextIsRejected() {
        try (AgentTransports transports = AgentTransports.open(Attempts.HERE)) {
            AgentAnswer noText = Attempts.answer(transports, Attempts.of(SUMMARISER, "[]"));
            AgentAnswer none = Attempts.answer(transports, Attempts.of(SUMMARISER, "{\"text\":\"\",\"sentences\":0}"));

            assertThat(noText.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
            assertThat(noText.error().message()).isEqualTo("text: must be a string");
            assertThat(none.error().message()).startsWith("sentences: must be between");
        }
    }

    @Test
    void withAModelTheSummaryIsItsOwn() {
        try (LlmServer llm = LlmServer.start();
                AgentTransports transports = AgentTransports.open(with(llm))) {
            llm.next(LlmReply.answer("{\"summary\":\"Mills need water.\"}", 100, 9));
            AgentAnswer answer = Attempts.answer(transports, Attempts.of(SUMMARISER, TEXT));

            assertThat(answer.output()).isEqualTo("{\"summary\":\"Mills need water.\",\"by\":\"llm\"}");
            assertThat(answer.usage()).isEqualTo(new Usage(100, 9));
            assertThat(llm.requests().get(0).model()).isEqualTo("gpt-4o");
            assertThat(llm.requests().get(0).lastMessage()).isEqualTo(TEXT);

            llm.next(LlmReply.answer("{\"other\":1}", 100, 9), LlmReply.rateLimited(Duration.ofSeconds(4)));
            AgentAnswer withoutSummary = Attempts.answer(transports, Attempts.of(SUMMARISER, TEXT));
            assertThat(withoutSummary.status()).isEqualTo(Status.RETRYABLE);
            assertThat(withoutSummary.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
            assertThat(withoutSummary.usage()).isEqualTo(new Usage(100, 9));

            AgentAnswer limited = Attempts.answer(transports, Attempts.of(SUMMARISER, TEXT));
            assertThat(limited.error().code()).isEqualTo(AgentErrorCode.RATE_LIMITED);
            assertThat(limited.retryAfterMs()).isEqualTo(4_000);
        }
    }

    @Test
    void cancellingReachesTheModel() {
        try (LlmServer llm = LlmServer.start();
                AgentTransports transports = AgentTransports.open(with(llm))) {
            llm.answer(request -> LlmReply.of(200, "x".repeat(4_000_000)).after(Duration.ofMillis(500)));
            CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(SUMMARISER, TEXT));
            Await.until("the model to be asked", () -> llm.inProgress() == 1);

            call.cancel(true);

            Await.until("the service to find its client gone", () -> llm.gone() == 1);
        }
    }

    private static TransportSettings with(LlmServer llm) {
        return Attempts.HERE.with(new Llm(llm.azureEndpoint(), LlmApi.AZURE, null, LlmCredential.NONE, null, null));
    }
}
