package io.millrace.testing.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlmServerITCase {
    private static final String CHAT = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21";
    private static final String QUESTION = "{\"messages\":[{\"role\":\"user\",\"content\":\"how much?\"}]}";

    private final LlmServer server = LlmServer.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.azureEndpoint() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void aChatIsAnsweredWithItsQuestion() throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(CHAT, QUESTION)
                .header("Idempotency-Key", "key-1")
                .header("x-ms-client-request-id", "request-1"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode choice = json(response).path("choices").path(0);
        assertThat(choice.path("message").path("content").asText()).isEqualTo("{\"answer\":\"how much?\"}");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(json(response).path("usage").path("completion_tokens").asInt())
                .isEqualTo(6);
        assertThat(response.headers().firstValue("x-ms-client-request-id")).contains("request-1");
        LlmRequest request = server.requests().get(0);
        assertThat(request.model()).isEqualTo("gpt-4o");
        assertThat(request.idempotencyKey()).isEqualTo("key-1");
        assertThat(request.lastMessage()).isEqualTo("how much?");
    }

    @Test
    void openAisFormIsSpokenToo() throws IOException, InterruptedException {
        String body = "{\"model\":\"llama\",\"input\":[\"a\",\"b\"]}";

        HttpResponse<String> response = send(request("/v1/embeddings", body));

        assertThat(json(response).path("data")).hasSize(2);
        assertThat(json(response).path("data").path(0).path("embedding")).hasSize(8);
        assertThat(server.requests().get(0).model()).isEqualTo("llama");
    }

    @Test
    void embeddingsInBase64AreTheSame() throws IOException, InterruptedException {
        JsonNode numbers = json(send(request("/v1/embeddings", "{\"input\":[\"a\"]}")));
        JsonNode base64 = json(send(request("/v1/embeddings", "{\"input\":[\"a\"],\"encoding_format\":\"base64\"}")));

        assertThat(base64.path("data").path(0).path("embedding").binaryValue()).hasSize(32);
        assertThat(numbers.path("data").path(0).path("embedding").path(0).floatValue())
                .isEqualTo(LlmEcho.vector("a")[0]);
    }

    @Test
    void requestsAreCountedByKey() throws IOException, InterruptedException {
        send(request(CHAT, QUESTION).header("Idempotency-Key", "key-1"));
        send(request(CHAT, QUESTION).header("Idempotency-Key", "key-1"));
        send(request(CHAT, QUESTION).header("Idempotency-Key", "key-2"));
        send(request(CHAT, QUESTION));

        assertThat(server.requestsByKey())
                .containsEntry("key-1", 2)
                .containsEntry("key-2", 1)
                .hasSize(2);
        assertThat(server.received()).isEqualTo(4);
    }

    @Test
    void onlyTheRightKeyIsLetIn() throws IOException, InterruptedException {
        server.requireKey("right");

        assertThat(send(request(CHAT, QUESTION)).statusCode()).isEqualTo(401);
        assertThat(send(request(CHAT, QUESTION).header("api-key", "wrong")).statusCode())
                .isEqualTo(401);
        assertThat(send(request(CHAT, QUESTION).header("api-key", "right")).statusCode())
                .isEqualTo(200);
        assertThat(send(request(CHAT, QUESTION).header("Authorization", "Bearer right"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherPathIsNotFound() throws IOException, InterruptedException {
        assertThat(send(request("/", "{}")).statusCode()).isEqualTo(404);
        assertThat(send(request("/openai/deployments/gpt-4o/chat/completions", QUESTION))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void jsonIsAnsweredOnlyWhenTheMessagesSpeakOfIt() throws IOException, InterruptedException {
        String json = QUESTION.replace("]}", "],\"response_format\":{\"type\":\"json_object\"}}");

        assertThat(send(request(CHAT, json)).statusCode()).isEqualTo(400);
        assertThat(send(request(CHAT, json.replace("how much?", "Answer in JSON")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void failuresComeInTheirOrder() throws IOException, InterruptedException {
        server.next(
                LlmReply.unauthorized(),
                LlmReply.noSuchDeployment(),
                LlmReply.rateLimited(Duration.ofMillis(1_200)),
                LlmReply.serverError(500),
                LlmReply.serverError(503),
                LlmReply.inputFiltered());

        List<Integer> statuses = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        String retryAfter = null;
        for (int i = 0; i < 7; i++) {
            HttpResponse<String> response = send(request(CHAT, QUESTION));
            statuses.add(response.statusCode());
            codes.add(json(response).path("error").path("code").asText());
            retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .map(seconds -> seconds + "/"
                            + response.headers().firstValue("retry-after-ms").orElse(""))
                    .orElse(retryAfter);
        }

        assertThat(statuses).containsExactly(401, 404, 429, 500, 503, 400, 200);
        assertThat(codes).contains("DeploymentNotFound", "content_filter");
        assertThat(retryAfter).isEqualTo("2/1200");
    }

    @Test
    void answersThatAreNone() throws IOException, InterruptedException {
        server.next(LlmReply.malformed(), LlmReply.chatter(), LlmReply.cutOff("{", 1, 2), LlmReply.answerFiltered());

        assertThatThrownBy(() -> json(send(request(CHAT, QUESTION)))).isInstanceOf(IOException.class);
        assertThat(json(send(request(CHAT, QUESTION))).toString()).contains("Sure!");
        assertThat(json(send(request(CHAT, QUESTION))).toString()).contains("\"finish_reason\":\"length\"");
        assertThat(json(send(request(CHAT, QUESTION))).toString()).contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void connectionsBreak() throws IOException, InterruptedException {
        server.next(LlmReply.truncated(), LlmReply.closed());

        assertThatThrownBy(() -> send(request(CHAT, QUESTION))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> send(request(CHAT, QUESTION))).isInstanceOf(IOException.class);
        assertThat(send(request(CHAT, QUESTION)).statusCode()).isEqualTo(200);
    }

    @Test
    void theFirstByteMayTakeItsTime() throws IOException, InterruptedException {
        server.next(LlmReply.answer("1", 1, 1).after(Duration.ofMillis(400)));
        long start = System.nanoTime();

        assertThat(send(request(CHAT, QUESTION)).statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void manySlowAnswersAreUnderWayAtOnce() {
        server.hold();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(client.sendAsync(request(CHAT, QUESTION).build(), HttpResponse.BodyHandlers.ofString()));
        }
        Await.until("all to be under way", () -> server.inProgress() == 300);

        server.letGo();

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(server.mostInProgress()).isEqualTo(300);
        assertThat(server.inProgress()).isZero();
    }

    @Test
    void aClientThatHasGoneIsNoticed() {
        server.next(LlmReply.of(200, "x".repeat(4_000_000)).after(Duration.ofMillis(300)));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(CHAT, QUESTION).build(), HttpResponse.BodyHandlers.ofString());
        Await.until("the request", () -> server.inProgress() == 1);

        answer.cancel(true);

        Await.until("the client to have gone", () -> server.gone() == 1);
    }

    @Test
    void latenciesAreTheSameFromTheSameSeedAndSpreadAsTheyShould() {
        Latency latency = Latency.lognormal(Duration.ofMillis(100), 0.5, 7);
        Latency same = Latency.lognormal(Duration.ofMillis(100), 0.5, 7);
        long[] micros = new long[20_000];
        for (int i = 0; i < micros.length; i++) {
            Duration next = latency.next();
            assertThat(same.next()).isEqualTo(next);
            micros[i] = TimeUnit.NANOSECONDS.toMicros(next.toNanos());
        }
        Arrays.sort(micros);

        // The median is e^mu; 84.13 % of the values are below e^(mu + sigma).
        assertThat(micros[micros.length / 2]).isBetween(97_000L, 103_000L);
        assertThat(micros[(int) (micros.length * 0.8413)]).isBetween(160_000L, 170_000L);
    }
}
