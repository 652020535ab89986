package io.millrace.operations.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two listening sockets, bound before the broker is made. So a free port stays ours between choosing and
 * using it, the advertised address is known in time, and a port in use is an error of its own instead of one somewhere
 * in the start of the broker.
 */
final class BrokerSockets implements ServerSocketFactory, AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private BrokerSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    /**
     * Binds both; a port of 0 is any free one.
     *
     * @throws PortInUseException when one of them can't be bound; nothing stays bound then
     */
    static BrokerSockets bind(InetSocketAddress clients, InetSocketAddress controller) {
        ServerSocketChannel first = bind("Kafka clients", clients);
        try {
            return new BrokerSockets(first, bind("the Kafka controller", controller));
        } catch (RuntimeException e) {
            close(first);
            throw e;
        }
    }

    private static ServerSocketChannel bind(String purpose, InetSocketAddress address) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(address, BACKLOG);
            return channel;
        } catch (IOException e) {
            close(channel);
            throw new PortInUseException(purpose, address, e);
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) {
        return listenerName.equals(BrokerSettings.CONTROLLER_LISTENER) ? controller : clients;
    }

    /** Closes what the broker has not closed itself. */
    @Override
    public void close() {
        close(clients);
        close(controller);
    }

    private static void close(ServerSocketChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
