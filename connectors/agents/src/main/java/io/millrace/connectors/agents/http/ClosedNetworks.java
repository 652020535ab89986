package io.millrace.connectors.agents.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The addresses that are nobody's on the internet (IANA's registries of special-purpose addresses, RFC 6890), or that
 * answer to whoever is on a machine of a cloud.
 */
final class ClosedNetworks {
    /** In the order in which they are looked at: what is more special first. */
    private static final Map<Network, String> KINDS = new LinkedHashMap<>();

    /** Where an IPv4 address stands in an IPv6 one, by the byte at which it begins. */
    private static final Map<Network, Integer> EMBEDDING = Map.of(
            Network.of("::/96"), 12, // RFC 4291 §2.5.5.1
            Network.of("64:ff9b::/96"), 12, // NAT64, RFC 6052
            Network.of("2002::/16"), 2); // 6to4, RFC 3056

    private static final Network IPV6_UNICAST = Network.of("2000::/3");
    private static final int IPV4_BYTES = 4;

    static {
        close(
                "the metadata service of a cloud",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "fd00:ec2::254");
        close("this machine itself", "127.0.0.0/8", "0.0.0.0/8", "::1", "::");
        close("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
        close("shared within a provider", "100.64.0.0/10");
        close("link-local", "169.254.0.0/16", "fe80::/10");
        close("multicast", "224.0.0.0/4", "ff00::/8");
        close(
                "reserved",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.88.99.0/24",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "240.0.0.0/4",
                "64:ff9b:1::/48",
                "2001::/23",
                "2001:db8::/32",
                "3fff::/20");
    }

    private ClosedNetworks() {}

    private static void close(String kind, String... networks) {
        Arrays.stream(networks).forEach(network -> KINDS.put(Network.of(network), kind));
    }

    /** What kind of address it is, where it is not one of the internet; else null. */
    static String kind(byte[] address) {
        byte[] ipv4 = embedded(address);
        for (Map.Entry<Network, String> kind : KINDS.entrySet()) {
            if (kind.getKey().contains(address) || ipv4 != null && kind.getKey().contains(ipv4)) {
                return kind.getValue();
            }
        }
        boolean ofTheInternet = address.length == IPV4_BYTES || ipv4 != null || IPV6_UNICAST.contains(address);
        return ofTheInternet ? null : "reserved";
    }

    /** The IPv4 address to which an IPv6 one leads; null for others. */
    static byte[] embedded(byte[] address) {
        for (Map.Entry<Network, Integer> embedding : EMBEDDING.entrySet()) {
            if (embedding.getKey().contains(address)) {
                int from = embedding.getValue();
                return Arrays.copyOfRange(address, from, from + IPV4_BYTES);
            }
        }
        return null;
    }
}
