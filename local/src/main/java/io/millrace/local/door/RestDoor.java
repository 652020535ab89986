package io.millrace.local.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which requests come in. A web page of any origin can have a browser send requests to this machine, and by a
 * name that it controls (DNS rebinding) even read the answers; so what is asked for by another name, or from another
 * origin, is refused, and whatever may change or run something takes a token that only the owner of the data directory
 * can read.
 */
final class RestDoor {

    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** Flink answers these by GET though they cancel a job, or run the main method of a jar to draw its plan. */
    private static final Set<String> ACTING = Set.of("jars", "yarn-cancel", "yarn-stop");

    /** What is left of a path that was decoded once has no need of more; Flink decodes it again. */
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9._~@:,+=/ -]*");

    private static final Pattern PORT = Pattern.compile("(:\\d{1,5})?");
    private static final String BEARER = "Bearer ";

    private final byte[] token;

    /** @param token null when there is nothing but reading */
    RestDoor(String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What of a request matters here.
     *
     * @param path decoded once, without the query
     * @param hosts each Host header as it came, likewise {@code origins} and {@code authorizations}
     */
    record Request(String method, String path, List<String> hosts, List<String> origins, List<String> authorizations) {}

    /** Why the request is refused; empty when it comes in. */
    Optional<String> refusal(Request request) {
        if (request.hosts().size() != 1 || !isLoopback(request.hosts().get(0))) {
            return Optional.of("this port is asked for as localhost, 127.0.0.1 or [::1], and by no other name");
        }
        // Browsers send it with all that another origin causes, but for plain reads whose answer the page can't see.
        String own = "http://" + request.hosts().get(0);
        if (!request.origins().stream().allMatch(own::equalsIgnoreCase)) {
            return Optional.of("web pages of another origin are not served");
        }
        if (acts(request) && !hasToken(request.authorizations())) {
            return Optional.of("the local platform takes this only with the token in the file " + RestToken.FILE
                    + " of its data directory (Authorization: Bearer TOKEN)");
        }
        return Optional.empty();
    }

    /** Any port: a forwarded one is another number, and the name alone tells a rebound one. */
    private static boolean isLoopback(String host) {
        String given = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.stream()
                .anyMatch(name -> given.startsWith(name)
                        && PORT.matcher(given.substring(name.length())).matches());
    }

    private static boolean acts(Request request) {
        return !READING.contains(request.method())
                || !PLAIN_PATH.matcher(request.path()).matches()
                || Arrays.stream(request.path().split("/")).anyMatch(ACTING::contains);
    }

    private boolean hasToken(List<String> authorizations) {
        if (token == null
                || authorizations.size() != 1
                || !authorizations.get(0).startsWith(BEARER)) {
            return false;
        }
        byte[] given = authorizations.get(0).substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, given);
    }
}
