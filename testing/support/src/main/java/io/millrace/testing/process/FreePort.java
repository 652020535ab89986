package io.millrace.testing.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that a server can have over several starts. It lies below those that systems give to outgoing connections: a
 * client that tries to reach a server that is down may be given the server's own port otherwise, and even connect to
 * itself.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /** @throws IllegalStateException when none is found */
    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
