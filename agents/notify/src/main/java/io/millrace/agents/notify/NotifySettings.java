package io.millrace.agents.notify;

import io.millrace.connectors.agents.HostPatterns;
import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.Arrays;

/** What the operator says of notifications. */
final class NotifySettings {
    static final String ALLOWED_HOSTS = "notify.allowed-hosts";
    static final String MAIL_DOMAINS = "notify.mail-domains";
    static final String MAIL_FROM = "notify.mail-from";
    static final String SMTP_SERVER = "notify.smtp-server";
    static final String SMTP_SECURITY = "notify.smtp-security";
    static final String SMTP_USER = "notify.smtp-user";
    static final String SMTP_KEY = "notify.smtp-key";

    /** Before and after the tenant in the names of secrets that people may name. */
    private static final String SECRET = "notify--";

    private static final String TENANT_END = "--";

    private final AgentContext context;

    NotifySettings(AgentContext context) {
        this.context = context;
    }

    /** Null where nothing is said. */
    String get(String key) {
        return context.settings().get(key);
    }

    /** Those of a setting; none when it has none. */
    HostPatterns hosts(String key) {
        String value = context.settings().getOrDefault(key, "");
        return new HostPatterns(
                Arrays.stream(value.split(";")).filter(host -> !host.isBlank()).toList());
    }

    /** A secret of the operator's own; null when there is none. */
    String ownSecret(String name) {
        return context.secrets().find(name);
    }

    /**
     * A secret that people of a tenant may name: no other, so that nobody signs as somebody else, or with a password.
     *
     * @throws AgentFailure when there is none
     */
    String secret(String tenant, String name) throws AgentFailure {
        String file = SECRET + tenant + TENANT_END + name;
        String secret = Secrets.isName(file) ? context.secrets().findFile(file) : null;
        if (secret == null || secret.isEmpty()) {
            throw AgentFailure.failed(
                    AgentErrorCode.UNAUTHORIZED,
                    "there is no secret \"" + name + "\" of the tenant on the job's machines; its file is " + SECRET
                            + "TENANT" + TENANT_END + name);
        }
        return secret;
    }
}
