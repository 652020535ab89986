package io.millrace.operations.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A port that was asked for cannot be listened on; the message names the address and what to do. */
public final class PortInUseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(String purpose, InetSocketAddress address, IOException cause) {
        super(
                "Port %d on %s, wanted for %s, cannot be listened on (%s): stop what uses it or choose another port"
                        .formatted(address.getPort(), address.getHostString(), purpose, cause.getMessage()),
                cause);
        this.port = address.getPort();
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }
}
