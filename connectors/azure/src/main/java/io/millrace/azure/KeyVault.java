package io.millrace.azure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unwraps keys by Azure Key Vault or a managed HSM, as the {@linkplain WorkloadIdentity identity} of the pod, which needs the
 * right {@code unwrapKey} (REST API 7.4, {@code Unwrap Key}). What it can't do now it tries again a few times. For one
 * thread.
 */
public final class KeyVault {
    private static final String VERSION = "7.4";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long LONGEST_PAUSE_SECONDS = 30;
    /** {@code https://NAME.vault.azure.net/keys/KEY/VERSION}; without a version nobody could say later what unwraps it. */
    private static final Pattern KEY = Pattern.compile("/keys/[0-9a-zA-Z-]{1,127}/[0-9a-zA-Z]{32,64}");

    private static final Pattern VALUE = Pattern.compile("\"value\"\\s*:\\s*\"([\\w-]+)\"");
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([\\w.-]+)\"");
    private static final String CLOUD = "vault.azure.net";

    private final WorkloadIdentity identity;
    private final Duration pause;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    public KeyVault() {
        this(System.getenv(), Duration.ofSeconds(1));
    }

    /** @param pause before what failed is tried again; the double before the next */
    KeyVault(Map<String, String> environment, Duration pause) {
        this.identity = new WorkloadIdentity(environment, Clock.systemUTC());
        this.pause = pause;
    }

    /**
     * The key that was wrapped by {@code RSA-OAEP-256}.
     *
     * @param keyId of the key in the vault, with its version
     * @throws IOException saying what is missing, and nothing of the key
     */
    public byte[] unwrap(String keyId, byte[] wrapped) throws IOException {
        URI key = URI.create(keyId);
        requireKey(key);
        String token = identity.token("https://" + cloud(key.getHost()) + "/.default", "Azure Key Vault")
                .value();
        String body = "{\"alg\":\"RSA-OAEP-256\",\"value\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(wrapped) + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(keyId + "/unwrapkey?api-version=" + VERSION))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        HttpResponse<String> answer = send(request, keyId);
        Matcher value = VALUE.matcher(answer.body());
        if (answer.statusCode() != 200 || !value.find()) {
            Matcher code = CODE.matcher(answer.body());
            throw new IOException(keyId + " does not unwrap: status " + answer.statusCode()
                    + (code.find() ? ", " + code.group(1) : "")
                    + "; does the key exist, is it enabled, and has this identity the right unwrapKey?");
        }
        return Base64.getUrlDecoder().decode(value.group(1));
    }

    /** A key of a service that others run is asked for over TLS alone; one on this machine is an emulator. */
    private static void requireKey(URI key) throws IOException {
        boolean here = "localhost".equals(key.getHost());
        if (key.getHost() == null
                || !"https".equals(key.getScheme()) && !here
                || key.getRawQuery() != null
                || !KEY.matcher(key.getPath()).matches()) {
            throw new IOException(
                    key + " is no key of a vault; one looks like https://NAME.vault.azure.net/keys/KEY/VERSION");
        }
    }

    /** The service without the vault's own name: those of other clouds have other domains. */
    private static String cloud(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? CLOUD : host.substring(dot + 1);
    }

    private HttpResponse<String> send(HttpRequest request, String keyId) throws IOException {
        long millis = pause.toMillis();
        for (int attempt = 1; ; attempt++) {
            long atLeast = 0;
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                boolean again = answer.statusCode() == TOO_MANY_REQUESTS || answer.statusCode() >= 500;
                if (!again || attempt == ATTEMPTS) {
                    return answer;
                }
                atLeast = retryAfterMillis(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while asking " + keyId, e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(keyId + " can't be asked: " + e, e);
                }
            }
            pause(Math.max(millis, atLeast), keyId);
            millis *= 2;
        }
    }

    /** The service asks for it: who comes again at once is refused for longer. */
    private static void pause(long millis, String keyId) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + keyId, e);
        }
    }

    private static long retryAfterMillis(HttpResponse<String> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("0");
        return seconds.matches("\\d{1,4}") ? 1_000 * Math.min(LONGEST_PAUSE_SECONDS, Long.parseLong(seconds)) : 0;
    }
}
