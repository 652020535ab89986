package io.millrace.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Sends requests and reads JSON answers; every failure becomes a {@link FlinkRequestException} of one line. */
final class RestTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    RestTransport(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    JsonNode get(String path) throws FlinkRequestException {
        return send(request(path).GET().timeout(REQUEST_TIMEOUT).build());
    }

    JsonNode post(String path, JsonNode body, Duration timeout) throws FlinkRequestException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .timeout(timeout)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    void patch(String path) throws FlinkRequestException {
        send(request(path)
                .timeout(REQUEST_TIMEOUT)
                .method("PATCH", BodyPublishers.noBody())
                .build());
    }

    void delete(String path) throws FlinkRequestException {
        send(request(path).timeout(REQUEST_TIMEOUT).DELETE().build());
    }

    /** Sends one file as {@code multipart/form-data} (RFC 7578), streamed from disk. */
    JsonNode upload(String path, String field, Path file) throws FlinkRequestException {
        String boundary = "millrace-" + UUID.randomUUID();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                        + file.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            return send(request(path)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .timeout(UPLOAD_TIMEOUT)
                    .POST(BodyPublishers.concat(
                            BodyPublishers.ofByteArray(head.toByteArray()),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofByteArray(tail)))
                    .build());
        } catch (java.io.FileNotFoundException e) {
            throw new FlinkRequestException(400, "there is no file " + file, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private JsonNode send(HttpRequest request) throws FlinkRequestException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRequestException(0, "interrupted while waiting for Flink at " + base, e);
        } catch (IOException e) {
            throw new FlinkRequestException(0, "Flink is not reachable at " + base, e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new FlinkRequestException(response.statusCode(), reason(response), null);
        }
        try {
            return json.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (IOException e) {
            throw new FlinkRequestException(
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
