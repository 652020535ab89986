package io.millrace.gateway.hooks;

import static io.millrace.gateway.hooks.Signing.SECRET;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shows that a sender is the one, and what does not. */
class SignatureTest {
    private static final String BODY = "{\"a\":1}";
    private static final long NOW = Instant.parse("2026-12-01T08:00:00Z").toEpochMilli();
    private static final String OTHER = "whsec-fedcba9876543210";

    @TempDir
    Path directory;

    private HookSource source(String signature) throws Exception {
        Path file = directory.resolve("hooks.yaml");
        Files.writeString(directory.resolve("second"), OTHER + "\n");
        Files.writeString(
                file,
                "sources:\n  - name: s\n    tenant: acme\n    signature: " + signature
                        + "\n    events: [{type: task.completed, fields: {user_id: ann, task_id: t}}]\n");
        return HookFile.read(file, Set.of("task.completed"), Map.of("SECRET", SECRET), named -> {})
                .get("s");
    }

    private static HookRequest request(String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new HookRequest(map, Map.of(), BODY.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static void takes(HookSource source, String... headers) {
        assertThatCode(() -> source.check(request(headers))).doesNotThrowAnyException();
    }

    private static void refuses(HookSource source, String why, String... headers) {
        assertThatThrownBy(() -> source.check(request(headers)))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void gitHubSignsTheBody() throws Exception {
        HookSource source = source("{kind: github, secrets: [{env: SECRET}]}");
        String good = Signing.hex("HmacSHA256", SECRET, BODY);

        takes(source, "x-hub-signature-256", "sha256=" + good);
        takes(source, "x-hub-signature-256", "sha256=" + good.toUpperCase(Locale.ROOT));
        refuses(source, "is missing");
        refuses(source, "not one of the body", "x-hub-signature-256", good);
        refuses(source, "not one of the body", "x-hub-signature-256", "sha256=" + good.substring(2));
        refuses(source, "not one of the body", "x-hub-signature-256", "sha256=rubbish");
        refuses(source, "not one of the body", "x-hub-signature-256", "sha256=");
        refuses(
                source,
                "not one of the body",
                "x-hub-signature-256",
                "sha256=" + Signing.hex("HmacSHA256", SECRET, BODY + " "));
        refuses(
                source,
                "not one of the body",
                "x-hub-signature-256",
                "sha256=" + Signing.hex("HmacSHA256", OTHER, BODY));
    }

    @Test
    void whileASecretIsReplacedBothAreTaken() throws Exception {
        HookSource source = source("{kind: shopify, secrets: [{env: SECRET}, {file: second}]}");

        takes(source, "x-shopify-hmac-sha256", Signing.base64("HmacSHA256", SECRET, BODY));
        takes(source, "x-shopify-hmac-sha256", Signing.base64("HmacSHA256", OTHER, BODY));
        refuses(source, "not one", "x-shopify-hmac-sha256", Signing.base64("HmacSHA256", "third-secret-0000", BODY));
    }

    @Test
    void zendeskSignsTheTimeToo() throws Exception {
        HookSource source = source("{kind: zendesk, secrets: [{env: SECRET}]}");
        String now = "2026-12-01T08:04:59Z";
        String old = "2026-12-01T07:54:59Z";

        takes(
                source,
                "x-zendesk-webhook-signature",
                Signing.base64("HmacSHA256", SECRET, now + BODY),
                "x-zendesk-webhook-signature-timestamp",
                now);
        refuses(
                source,
                "more than 300 s from now",
                "x-zendesk-webhook-signature",
                Signing.base64("HmacSHA256", SECRET, old + BODY),
                "x-zendesk-webhook-signature-timestamp",
                old);
        refuses(
                source,
                "not one",
                "x-zendesk-webhook-signature",
                Signing.base64("HmacSHA256", SECRET, old + BODY),
                "x-zendesk-webhook-signature-timestamp",
                now);
        refuses(source, "is missing", "x-zendesk-webhook-signature", "x");
    }

    @Test
    void stripeSignsWithAllItsSecrets() throws Exception {
        HookSource source = source("{kind: stripe, tolerance: PT1M, secrets: [{env: SECRET}]}");
        long now = NOW / 1000;
        String good = Signing.hex("HmacSHA256", SECRET, now + "." + BODY);
        long old = now - 61;

        takes(source, "stripe-signature", "t=" + now + ",v1=" + good + ",v0=abc");
        takes(source, "stripe-signature", "t=" + now + ",v1=00, v1=" + good);
        refuses(
                source,
                "more than 60 s",
                "stripe-signature",
                "t=" + old + ",v1=" + Signing.hex("HmacSHA256", SECRET, old + "." + BODY));
        refuses(source, "not one", "stripe-signature", "t=" + (now + 1) + ",v1=" + good);
        refuses(source, "not one", "stripe-signature", "v0=" + good);
        refuses(source, "not one", "stripe-signature", ",,=,t,".repeat(100));
        refuses(
                source,
                "can't be read",
                "stripe-signature",
                "t=x,v1=" + Signing.hex("HmacSHA256", SECRET, "x." + BODY));
        refuses(source, "is missing");
    }

    @Test
    void anySenderThatSignsCanBeDescribed() throws Exception {
        HookSource slack =
                source("{kind: hmac, header: X-Slack-Signature, prefix: 'v0=', timestamp: X-Slack-Request-Timestamp,"
                        + " signed: 'v0:{timestamp}:{body}', secrets: [{env: SECRET}]}");
        String now = Long.toString(NOW / 1000);
        takes(
                slack,
                "x-slack-signature",
                "v0=" + Signing.hex("HmacSHA256", SECRET, "v0:" + now + ":" + BODY),
                "x-slack-request-timestamp",
                now);

        HookSource sha1 = source("{kind: hmac, header: X-Hub-Signature, algorithm: sha1, prefix: 'sha1=',"
                + " secrets: [{env: SECRET}]}");
        takes(sha1, "x-hub-signature", "sha1=" + Signing.hex("HmacSHA1", SECRET, BODY));
        HookSource sha512 =
                source("{kind: hmac, header: X-S, algorithm: sha512, encoding: base64, secrets: [{env: SECRET}]}");
        takes(sha512, "x-s", Signing.base64("HmacSHA512", SECRET, BODY));
        refuses(sha512, "not one", "x-s", "***");
    }

    @Test
    void aTokenIsInTheLoginOrInAHeader() throws Exception {
        HookSource bearer = source("{kind: alertmanager, secrets: [{env: SECRET}]}");
        takes(bearer, "authorization", "Bearer " + SECRET);
        refuses(bearer, "not the sender's", "authorization", "Bearer " + SECRET + "x");
        refuses(bearer, "must be: Bearer", "authorization", SECRET);
        refuses(bearer, "is missing");

        HookSource header = source("{kind: bearer, header: X-Gitlab-Token, secrets: [{env: SECRET}]}");
        takes(header, "x-gitlab-token", SECRET);
        refuses(header, "not the sender's", "x-gitlab-token", "");
    }
}
