package io.millrace.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVaultTest {
    private static final String KEY = "/keys/vault/0123456789abcdef0123456789abcdef";
    private static final byte[] SECRET = "a key of thirty-two bytes, as is".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private HttpServer server;
    private KeyPair pair;
    private String scope;
    private int asked;

    /** What answers as Entra ID and as a vault with one key do. */
    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tenant-1/oauth2/v2.0/token", exchange -> {
            scope = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, "{\"expires_in\":3599,\"access_token\":\"t-1\"}");
        });
        server.createContext(KEY + "/unwrapkey", this::unwrap);
        server.start();
        environment.put("AZURE_CLIENT_ID", "client-1");
        environment.put("AZURE_TENANT_ID", "tenant-1");
        environment.put("AZURE_AUTHORITY_HOST", address());
        environment.put(
                "AZURE_FEDERATED_TOKEN_FILE",
                Files.writeString(directory.resolve("token"), "jwt").toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void unwrap(HttpExchange exchange) throws IOException {
        asked++;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!failures.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", "0");
            answer(exchange, failures.poll(), "{\"error\":{\"code\":\"Throttled\",\"message\":\"later\"}}");
        } else if (!List.of("Bearer t-1").equals(exchange.getRequestHeaders().get("Authorization"))) {
            answer(exchange, 401, "{\"error\":{\"code\":\"Unauthorized\"}}");
        } else {
            Matcher value = Pattern.compile("\\{\"alg\":\"RSA-OAEP-256\",\"value\":\"([\\w-]+)\"}")
                    .matcher(body);
            try {
                Cipher cipher = cipher(Cipher.DECRYPT_MODE);
                byte[] key = cipher.doFinal(Base64.getUrlDecoder().decode(value.matches() ? value.group(1) : ""));
                answer(exchange, 200, "{\"kid\":\"k\",\"value\":\"" + base64(key) + "\"}");
            } catch (GeneralSecurityException e) {
                answer(exchange, 400, "{\"error\":{\"code\":\"BadParameter\",\"message\":\"secret things\"}}");
            }
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                mode,
                mode == Cipher.ENCRYPT_MODE ? pair.getPublic() : pair.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher;
    }

    private byte[] unwrapped(byte[] wrapped) throws IOException {
        return new KeyVault(environment, Duration.ofMillis(1)).unwrap(address() + KEY, wrapped);
    }

    @Test
    void whatTheVaultWrappedIsUnwrappedInTheNameOfThePod() throws Exception {
        assertThat(unwrapped(cipher(Cipher.ENCRYPT_MODE).doFinal(SECRET))).isEqualTo(SECRET);
        assertThat(scope).contains("scope=https%3A%2F%2Fvault.azure.net%2F.default", "client_assertion=jwt");
    }

    @Test
    void whatTheServiceCantDoNowIsTriedAgain() throws Exception {
        failures.addAll(List.of(429, 503));
        assertThat(unwrapped(cipher(Cipher.ENCRYPT_MODE).doFinal(SECRET))).isEqualTo(SECRET);
        assertThat(asked).isEqualTo(3);

        failures.addAll(List.of(429, 429, 429, 429, 429));
        assertThatThrownBy(() -> unwrapped(SECRET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 429, Throttled");
        assertThat(asked).isEqualTo(8);
    }

    @Test
    void whatIsRefusedSaysWhatToLookAtAndIsNotTriedAgain() {
        assertThatThrownBy(() -> unwrapped(SECRET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 400, BadParameter")
                .hasMessageContaining("unwrapKey")
                .hasMessageNotContaining("secret things");
        assertThat(asked).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://millrace.vault.azure.net/keys/vault/0123456789abcdef0123456789abcdef",
                "https://millrace.vault.azure.net/keys/vault",
                "https://millrace.vault.azure.net/secrets/vault/0123456789abcdef0123456789abcdef",
                "https://millrace.vault.azure.net/keys/vault/0123456789abcdef0123456789abcdef?x=1",
                "file:/keys/vault/0123456789abcdef0123456789abcdef"
            })
    void whatIsNoKeyOfAVaultIsNotAsked(String keyId) {
        assertThatThrownBy(() -> new KeyVault(environment, Duration.ofMillis(1)).unwrap(keyId, SECRET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no key of a vault");
        assertThat(scope).isNull();
    }

    @Test
    void aVaultThatIsNotThereIsAnError() {
        server.stop(0);
        assertThatThrownBy(() -> unwrapped(SECRET)).isInstanceOf(IOException.class);
    }
}
