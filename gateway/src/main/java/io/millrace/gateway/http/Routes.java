package io.millrace.gateway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the route of a request. */
public final class Routes {
    private final List<Route> all;
    private final List<List<String>> segments = new ArrayList<>();

    /**
     * A route, and what stands in the address for the names in its path.
     *
     * @param route null when the path has routes, and none with the method
     * @param methods that the path has
     */
    record Match(Route route, Map<String, String> path, List<Method> methods) {}

    /** A route that reads, and what stands in the address for the names in its path. */
    public record Found(Route route, Map<String, String> path) {}

    public Routes(List<Route> all) {
        this.all = List.copyOf(all);
        this.all.forEach(route -> segments.add(List.of(route.path().split("/", -1))));
    }

    public List<Route> all() {
        return all;
    }

    /**
     * The route that reads what is there.
     *
     * @param rawPath as in a request
     * @return null when there is none
     */
    public Found reading(String rawPath) {
        Match match = find(Method.GET, rawPath);
        return match == null || match.route() == null ? null : new Found(match.route(), match.path());
    }

    /**
     * @param rawPath as it was sent: a slash within an id is {@code %2F}
     * @return null when there is no such path
     */
    Match find(Method method, String rawPath) {
        String[] given = rawPath.split("/", -1);
        Match other = null;
        for (int i = 0; i < all.size(); i++) {
            Map<String, String> path = match(segments.get(i), given);
            if (path != null) {
                Route route = all.get(i);
                if (route.method() == method) {
                    return new Match(route, path, List.of(method));
                }
                List<Method> methods = new ArrayList<>(other == null ? List.of() : other.methods());
                methods.add(route.method());
                other = new Match(null, Map.of(), methods);
            }
        }
        return other;
    }

    /** Null when it does not match. */
    private static Map<String, String> match(List<String> pattern, String[] given) {
        if (pattern.size() != given.length) {
            return null;
        }
        Map<String, String> path = new HashMap<>();
        for (int i = 0; i < given.length; i++) {
            String part = pattern.get(i);
            if (part.startsWith("{")) {
                String value = decode(given[i]);
                if (value == null || value.isEmpty()) {
                    return null;
                }
                path.put(part.substring(1, part.length() - 1), value);
            } else if (!part.equals(given[i])) {
                return null;
            }
        }
        return path;
    }

    /** Null when it is no text that was encoded. */
    private static String decode(String segment) {
        try {
            // Only in a query is a plus a space.
            String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            return text.indexOf('\uFFFD') >= 0 ? null : text;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
