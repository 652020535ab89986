package io.millrace.gateway;

import io.millrace.settings.ProgramSettings;
import java.util.Arrays;

/** What can be set. */
enum Setting {
    KAFKA("kafka.bootstrap-servers", "localhost:9092", "Where Kafka is: host:port, several separated by commas."),
    KAFKA_PROPERTIES(
            "kafka.properties-file",
            "",
            "A file of further properties of Kafka's clients, as security.protocol and the secrets that go with it."),
    DATA("data-dir", "gateway-data", "Where the model is kept. It can be thrown away while the gateway does not run."),
    ADDRESS("http.address", "127.0.0.1", "The address to listen on. Others than those of this machine need a login."),
    PORT("http.port", "8080", "The port to listen on; 0 for any free one."),
    HOSTS(
            "http.hosts",
            "",
            "Names by which it is reached, separated by commas, besides localhost. Requests for others are refused."),
    ORIGINS(
            "http.origins",
            "",
            "Origins of web pages elsewhere that may use it, separated by commas, as https://shop.example.com."),
    AUTH("auth", "none", "How callers are known: none, keys or oidc. With none whoever reaches it may do everything."),
    KEYS("auth.keys-file", "", "The file of keys, for keys."),
    ISSUER("oidc.issuer", "", "The issuer whose tokens are believed: iss."),
    AUDIENCE("oidc.audience", "", "For whom tokens must be: aud."),
    ISSUER_KEYS("oidc.keys", "", "Where the issuer's public keys are: an https: or file: address of a JWK set."),
    ALGORITHMS("oidc.algorithms", "RS256,ES256", "Algorithms of signatures that are taken, separated by commas."),
    TENANT_CLAIM("oidc.tenant-claim", "tenant", "The claim with the tenant; dots lead inside."),
    USER_CLAIM("oidc.user-claim", "sub", "The claim with the user."),
    ROLES_CLAIM("oidc.roles-claim", "roles", "The claim with the roles, a list or a text with spaces."),
    RATE("rate.per-second", "50", "How many requests a caller may send each second."),
    BURST("rate.burst", "200", "How many of them at once."),
    HOOKS(
            "hooks.file",
            "",
            "The file of senders of webhooks, and what becomes of what they send; see docs/webhooks.md."),
    DAPR(
            "dapr.subscriptions",
            "",
            "To what a Dapr sidecar subscribes for the gateway: component/topic, several separated by commas."),
    STREAMS("streams.max", "200", "How many streams there may be."),
    MAX_LAG("ready.max-lag", "10000", "Records that the model may be behind the log and still be ready.");

    private final String key;
    private final String usual;
    private final String description;

    Setting(String key, String usual, String description) {
        this.key = key;
        this.usual = usual;
        this.description = description;
    }

    String key() {
        return key;
    }

    /** What it is when it is not set. */
    String usual() {
        return usual;
    }

    String description() {
        return description;
    }

    /** All of them. None is a secret: those are in files that settings name. */
    static ProgramSettings ofProgram() {
        return new ProgramSettings(
                "gateway", Arrays.stream(values()).map(Setting::key).toList(), key -> false);
    }
}
