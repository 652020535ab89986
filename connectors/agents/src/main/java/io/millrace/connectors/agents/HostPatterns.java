package io.millrace.connectors.agents;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts as an operator lists them: names, addresses as a URL has them, or {@code *.suffix} for every name that ends so.
 * Upper and lower case are the same.
 */
public record HostPatterns(List<String> patterns) implements Serializable {
    private static final String ANY_LABELS = "*.";
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");

    /** @throws IllegalArgumentException naming the one that is no host */
    public HostPatterns {
        patterns = patterns.stream()
                .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String pattern : patterns) {
            if (!NAME.matcher(pattern).matches() && !IPV6.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        "\"" + pattern
                                + "\" must be a host, such as api.example.com, or *. and the end of its name, without scheme and port");
            }
        }
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** @param host as a URL has it, an IPv6 address in brackets */
    public boolean contain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith(ANY_LABELS)
                        ? name.endsWith(pattern.substring(1)) && name.length() >= pattern.length()
                        : name.equals(pattern));
    }
}
