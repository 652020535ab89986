package io.millrace.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which web pages may talk to the gateway. A browser says which page sends a request; without a look at that, any page that
 * somebody has open could use a gateway on their machine: by a request of its own, or by a name of its own that leads here.
 */
public final class Origins {
    private static final List<String> OWN_NAMES = List.of("localhost", "127.0.0.1", "[::1]");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * @param hosts names by which the gateway is reached, besides those of the machine itself
     * @param origins of pages elsewhere, such as {@code https://shop.example.com}
     */
    public Origins(Set<String> hosts, Set<String> origins) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        this.origins = Set.copyOf(origins);
    }

    /**
     * Refuses what a page sends that may not.
     *
     * @param host the header; null for none, as {@code origin} and {@code site}
     * @param site the header {@code Sec-Fetch-Site}
     */
    void check(Method method, String host, String origin, String site) throws ProblemException {
        if (host == null || !isOurs(nameOf(host))) {
            throw ProblemException.of(
                    421, "unknown_host", "the gateway is not known by that name; http.hosts says by which it is");
        }
        if (origin != null && !isSame(origin, host) && !origins.contains(origin)) {
            throw ProblemException.forbidden("pages of " + origin + " may not use the gateway; see http.origins");
        }
        // Another port of this machine is the same site, and a page there is another's.
        boolean foreign = method == Method.GET ? "cross-site".equals(site) : site != null && !OWN_SITES.contains(site);
        if (origin == null && foreign) {
            throw ProblemException.forbidden("pages of other sites may not use the gateway; see http.origins");
        }
    }

    private boolean isOurs(String name) {
        return OWN_NAMES.contains(name) || hosts.contains(name);
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']') && colon > 0;
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    private static boolean isSame(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** Whether pages of there may read replies. */
    boolean mayRead(String origin) {
        return origin != null && origins.contains(origin);
    }
}
