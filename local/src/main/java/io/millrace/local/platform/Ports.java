package io.millrace.local.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out before anything starts whether a port is free, so that the error can name the option that changes it. */
public final class Ports {

    private Ports() {}

    /** @throws PlatformException when something listens on the port already */
    public static void requireFree(int port, String purpose, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            // A connection of an earlier run that lingers in TIME_WAIT is no reason to refuse.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | IllegalArgumentException e) {
            throw new PlatformException(
                    "port " + port + ", wanted for " + purpose + ", is in use; choose another with " + option + " PORT",
                    e);
        }
    }
}
