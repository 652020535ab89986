package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.CallHeaders;
import io.millrace.connectors.agents.Secrets;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header that a definition asks for: {@code "accept-language":"fr"}, or with a secret
 * {@code "authorization":{"prefix":"Bearer ","secret":"crm-token"}}.
 *
 * @param value as it is sent, or what stands before the secret
 * @param secret its name; null for none
 */
record AgentHeader(String name, String value, String secret) {
    private static final int MAX_HEADERS = 50;
    private static final int MAX_VALUE = 4_000;
    /** A token (RFC 9110 §5.6.2). */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    /** What is set for each request, or says how it is sent (RFC 9110 §7.6.1, RFC 9112). */
    private static final Set<String> THE_CLIENTS = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String FOR_PROXIES = "proxy-";

    static List<AgentHeader> read(String field, JsonEvent json) throws IOException, RejectedEventException {
        List<AgentHeader> headers = new ArrayList<>();
        json.object(field, (name, value) -> {
            String full = field + "." + name;
            if (headers.size() == MAX_HEADERS) {
                throw value.invalid(field, "must have at most " + MAX_HEADERS + " headers");
            }
            if (!NAME.matcher(name).matches()) {
                throw value.invalid(field, "has a name that is no header's");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (THE_CLIENTS.contains(lower) || lower.startsWith(FOR_PROXIES) || CallHeaders.isReserved(name)) {
                throw value.invalid(full, "is set by Millrace, or by nobody");
            }
            headers.add(value.isObject() ? withSecret(full, name, value) : plain(full, name, value));
        });
        return List.copyOf(headers);
    }

    private static AgentHeader plain(String field, String name, JsonEvent json)
            throws IOException, RejectedEventException {
        return new AgentHeader(name, text(field, json), null);
    }

    private static AgentHeader withSecret(String field, String name, JsonEvent json)
            throws IOException, RejectedEventException {
        String[] prefixAndSecret = {"", null};
        json.object(field, (part, value) -> {
            if (part.equals("prefix")) {
                prefixAndSecret[0] = text(field + ".prefix", value);
            } else if (part.equals("secret")) {
                prefixAndSecret[1] = value.string(field + ".secret", 1, MAX_VALUE);
            }
        });
        if (prefixAndSecret[1] == null || !Secrets.isName(prefixAndSecret[1])) {
            throw json.invalid(field + ".secret", "must name a secret: letters, digits, '_' and '-'");
        }
        return new AgentHeader(name, prefixAndSecret[0], prefixAndSecret[1]);
    }

    private static String text(String field, JsonEvent json) throws IOException, RejectedEventException {
        String value = json.string(field, 0, MAX_VALUE);
        if (!isSendable(value)) {
            throw json.invalid(field, "must consist of visible ASCII characters and blanks");
        }
        return value;
    }

    /** Whether it can stand in a header as it is. */
    static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f);
    }
}
