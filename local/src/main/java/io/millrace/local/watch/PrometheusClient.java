package io.millrace.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Asks Prometheus (its HTTP API, version 1). */
public final class PrometheusClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    public PrometheusClient(URI base) {
        this.base = base;
    }

    /**
     * One of the values of an answer.
     *
     * @param labels for people: {@code job_name=tasks}; empty when it has none
     */
    public record Sample(String labels, double value) {}

    /**
     * The values of an expression now.
     *
     * @throws PrometheusException when there is no answer, or it does not take the expression
     */
    public List<Sample> query(String promql) throws InterruptedException {
        JsonNode answer = send(promql);
        if (!answer.path("status").asText().equals("success")) {
            String error = answer.path("error").asText("no reason given");
            throw PrometheusException.refused("Prometheus at " + base + " refuses the query: " + error);
        }
        JsonNode result = answer.path("data").path("result");
        if (!answer.path("data").path("resultType").asText().equals("vector")) {
            return List.of(new Sample("", number(result)));
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode series : result) {
            StringJoiner labels = new StringJoiner(" ");
            series.path("metric").properties().forEach(label -> {
                if (!label.getKey().equals("__name__")) {
                    labels.add(label.getKey() + "=" + label.getValue().asText());
                }
            });
            samples.add(new Sample(labels.toString(), number(series.path("value"))));
        }
        return samples;
    }

    private JsonNode send(String promql) throws InterruptedException {
        String form = "query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8);
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(base.resolve("/api/v1/query"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .timeout(LIMIT)
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw PrometheusException.unanswered("what answers at " + base + " is not Prometheus", e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "no connection" : e.getMessage();
            throw PrometheusException.unanswered("Prometheus does not answer at " + base + ": " + reason, e);
        }
    }

    /** A point in time and a value, which is a text: {@code +Inf} and {@code NaN} are no JSON. */
    private static double number(JsonNode pair) {
        String text = pair.path(1).asText();
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
