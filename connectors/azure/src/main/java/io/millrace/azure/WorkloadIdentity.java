package io.millrace.azure;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The identity of a pod: the token of its service account, which a file holds and Kubernetes renews, is exchanged for one
 * of Entra ID (OAuth 2.0 client credentials with a JWT as assertion, RFC 7523 §2.2). Which identity, the webhook of
 * workload identity says in the environment of the pod.
 */
final class WorkloadIdentity {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** No answer of this service is longer. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([\\w.~+/=-]+)\"");
    private static final Pattern SECONDS = Pattern.compile("\"expires_in\"\\s*:\\s*\"?(\\d{1,7})\\b");
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([\\w.-]+)\"");

    private final Map<String, String> environment;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** A token, and from when on it does not count. */
    record Token(String value, Instant expiry) {}

    WorkloadIdentity(Map<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** @throws IOException when the pod has no workload identity */
    void require() throws IOException {
        require("AZURE_CLIENT_ID");
        require("AZURE_TENANT_ID");
        require("AZURE_FEDERATED_TOKEN_FILE");
        require("AZURE_AUTHORITY_HOST");
    }

    private String require(String variable) throws IOException {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new IOException(variable + " is not set: the pod has no workload identity. Its label "
                    + "azure.workload.identity/use must be \"true\", its service account must have the annotation "
                    + "azure.workload.identity/client-id, and the webhook must run");
        }
        return value;
    }

    /**
     * A new token each time.
     *
     * @param scope what for, such as {@code https://vault.azure.net/.default}
     * @param service the same for messages
     */
    Token token(String scope, String service) throws IOException {
        Instant asked = clock.instant();
        HttpResponse<String> answer = ask(scope);
        Matcher token = TOKEN.matcher(answer.body());
        Matcher seconds = SECONDS.matcher(answer.body());
        if (answer.statusCode() != 200 || !token.find() || !seconds.find()) {
            Matcher error = ERROR.matcher(answer.body());
            throw new IOException("no token for " + service + ": status " + answer.statusCode()
                    + (error.find() ? ", " + error.group(1) : "") + ", from " + address()
                    + "; is there a federated credential for this service account?");
        }
        return new Token(token.group(1), asked.plusSeconds(Long.parseLong(seconds.group(1))));
    }

    private URI address() throws IOException {
        String host = require("AZURE_AUTHORITY_HOST");
        return URI.create((host.endsWith("/") ? host : host + "/") + require("AZURE_TENANT_ID") + "/oauth2/v2.0/token");
    }

    private HttpResponse<String> ask(String scope) throws IOException {
        Map<String, String> form = new TreeMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                require("AZURE_CLIENT_ID"),
                "scope",
                scope,
                "client_assertion_type",
                ASSERTION,
                "client_assertion",
                Files.readString(Path.of(require("AZURE_FEDERATED_TOKEN_FILE"))).strip()));
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(address())
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.body().length() > MAX_CHARACTERS) {
                throw new IOException("the answer of " + address() + " is too long for a token");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for a token", e);
        }
    }
}
