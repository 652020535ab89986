package io.millrace.connectors.agents.http;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URLs of agents: those that the HTTP client can call, and for others what is wrong with them. */
final class AgentUrl {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHOWN = 100;
    /** Its host and port, where Java does not see a host. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:[^@]*@)?(.*?)(?::([0-9]*))?");

    private AgentUrl() {}

    /** @throws IllegalArgumentException saying what is wrong, without the URL's user information, path and query */
    static URI read(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL", e);
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getRawAuthority() == null) {
            throw new IllegalArgumentException("must begin with http:// or https:// and a host");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(problem(url.getRawAuthority(), url.getAuthority()));
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "must have neither user information nor a fragment; headers may name a secret");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException(wrongPort(Integer.toString(url.getPort())));
        }
        return url.getRawPath().isEmpty() ? withPath(url) : url;
    }

    /** What is resolved against it, or put together from its parts, stays at its host. */
    private static URI withPath(URI url) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + "/" + query);
    }

    private static String problem(String authority, String decoded) {
        Matcher parts = AUTHORITY.matcher(decoded);
        if (!parts.matches() || parts.group(1).isEmpty()) {
            return "must begin with http:// or https:// and a host";
        }
        String host = parts.group(1);
        String shown = shown(host);
        if (host.chars().anyMatch(c -> c > 0x7f)) {
            return "the host " + shown + " must be written in ASCII" + ascii(host);
        }
        if (host.indexOf('_') >= 0) {
            return "the host " + shown + " has a '_', which is no character of a host's name; use a name without it";
        }
        // Java does not see the host of one whose port does not fit an int, either.
        return parts.group(2) != null && parts.group(2).length() > 5 && !authority.contains("@")
                ? wrongPort(parts.group(2))
                : "the host " + shown + " is no name and no address; labels are letters, digits and '-'";
    }

    private static String wrongPort(String port) {
        return "the port " + shown(port) + " must be between 1 and " + MAX_PORT;
    }

    private static String ascii(String host) {
        try {
            return ": " + shown(IDN.toASCII(host));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String shown(String text) {
        return "\"" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + "\"";
    }
}
