package io.millrace.operations.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends requests and reads JSON answers; every failure becomes a {@link FlinkRestException} of one line. */
final class RestConnection {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration UPLOAD_LIMIT = Duration.ofSeconds(60);

    private final URI base;
    private final Duration limit;
    private final Supplier<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param limit of each request that has no limit of its own
     * @param token what requests that change something carry; null for none
     */
    RestConnection(URI base, Duration limit, Supplier<String> token) {
        this.base = base;
        this.limit = limit;
        this.token = token;
    }

    URI base() {
        return base;
    }

    JsonNode get(String path) {
        return send(request(path).GET().timeout(limit).build());
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, body, limit);
    }

    JsonNode post(String path, JsonNode body, Duration ownLimit) {
        return send(changing(path)
                .header("Content-Type", "application/json")
                .timeout(ownLimit)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    void patch(String path) {
        send(changing(path)
                .timeout(limit)
                .method("PATCH", BodyPublishers.noBody())
                .build());
    }

    void delete(String path) {
        send(changing(path).timeout(limit).DELETE().build());
    }

    /** Sends one file as {@code multipart/form-data} (RFC 7578), streamed from disk. */
    JsonNode upload(String path, String field, Path file) {
        String boundary = "millrace-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                + file.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
        String tail = "\r\n--" + boundary + "--\r\n";
        try {
            return send(changing(path)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .timeout(UPLOAD_LIMIT)
                    .POST(BodyPublishers.concat(
                            BodyPublishers.ofString(head), BodyPublishers.ofFile(file), BodyPublishers.ofString(tail)))
                    .build());
        } catch (FileNotFoundException e) {
            throw new FlinkRestException(400, "there is no file " + file, e);
        }
    }

    private HttpRequest.Builder changing(String path) {
        String bearer = token.get();
        return bearer == null ? request(path) : request(path).header("Authorization", "Bearer " + bearer);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private JsonNode send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRestException(0, "interrupted while waiting for Flink at " + base, e);
        } catch (HttpTimeoutException e) {
            String waited = request.timeout().map(Duration::toSeconds).orElseThrow() + " s";
            String what = e instanceof HttpConnectTimeoutException
                    ? "Flink is not reachable at " + base
                    : "Flink at " + base + " did not answer within " + waited;
            throw new FlinkRestException(0, what, e);
        } catch (IOException e) {
            throw new FlinkRestException(0, "Flink is not reachable at " + base, e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new FlinkRestException(response.statusCode(), reason(response), null);
        }
        try {
            return json.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (IOException e) {
            throw new FlinkRestException(
                    response.statusCode(), "what answers at " + base + " is not Flink's REST API", e);
        }
    }

    /** The innermost cause of the stack trace Flink puts into {@code errors}, else its first line. */
    private String reason(HttpResponse<String> response) {
        String text = response.body();
        try {
            StringBuilder errors = new StringBuilder();
            json.readTree(text).path("errors").forEach(e -> errors.append(e.asText())
                    .append('\n'));
            text = errors.toString();
        } catch (IOException e) {
            return "what answers at " + base + " is not Flink's REST API (HTTP " + response.statusCode() + ")";
        }
        String reason = FailureReason.of(text).orElse("no reason given");
        return reason + " (HTTP " + response.statusCode() + " from " + base + ")";
    }
}
