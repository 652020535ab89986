package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.HostPatterns;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.List;

/**
 * Where requests may go.
 *
 * @param hosts that may be named; empty for any
 * @param networks whose addresses may be connected to besides those of the internet; null for all there are
 */
public record Egress(HostPatterns hosts, List<Network> networks) implements Serializable {
    /** Wherever: for addresses that an operator has configured. */
    public static final Egress ANYWHERE = new Egress(new HostPatterns(List.of()), null);

    /** Hosts on the internet. */
    public static final Egress INTERNET = new Egress(new HostPatterns(List.of()), List.of());

    /** A request would go where none may go. The message names the host, and no address. */
    public static final class NotAllowedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        NotAllowedException(String message) {
            super(message);
        }
    }

    public Egress {
        networks = networks == null ? null : List.copyOf(networks);
    }

    /**
     * @param hosts as {@link HostPatterns} has them
     * @param networks as {@link Network#of} has them
     * @throws IllegalArgumentException naming the setting and the entry that is wrong
     */
    public static Egress to(List<String> hosts, List<String> networks) {
        try {
            HostPatterns named = new HostPatterns(hosts);
            return new Egress(named, networks.stream().map(Network::of).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("http.allowed-hosts, http.allowed-networks: " + e.getMessage(), e);
        }
    }

    boolean isAnywhere() {
        return networks == null;
    }

    /** @throws NotAllowedException when no request may name the host */
    void requireHost(String host) throws NotAllowedException {
        if (!hosts.isEmpty() && !hosts.contain(host)) {
            throw new NotAllowedException("the host \"" + host + "\" is none of http.allowed-hosts");
        }
    }

    /** @throws NotAllowedException when the host may not be connected to at one of its addresses */
    void requireAddresses(String host, InetAddress[] addresses) throws NotAllowedException {
        if (isAnywhere()) {
            return;
        }
        for (InetAddress address : addresses) {
            String kind = ClosedNetworks.kind(address.getAddress());
            if (kind != null && !isOpen(address.getAddress())) {
                throw new NotAllowedException("the host \"" + host + "\" has an address that is not of the internet ("
                        + kind + ") and in none of http.allowed-networks");
            }
        }
    }

    private boolean isOpen(byte[] address) {
        byte[] ipv4 = ClosedNetworks.embedded(address);
        return networks.stream()
                .anyMatch(network -> network.contains(address) || ipv4 != null && network.contains(ipv4));
    }
}
