package io.millrace.operations.kafka;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A real Kafka of one node, broker and KRaft controller in this JVM. It keeps its data in a directory: formatted at the
 * first start, taken up again by later ones, also after the JVM was killed (what clients were told is written is in the
 * page cache then, and survives the process, though not the machine). A start takes under a second, one after a kill
 * about four: the session of the killed broker must expire first.
 *
 * <pre>{@code
 * try (KafkaBroker broker = KafkaBroker.at(directory).start()) {
 *     ... broker.bootstrapServers() ...
 * }
 * }</pre>
 *
 * <p>A fatal fault inside Kafka is logged as an error and does not end the JVM, as Kafka's own main class would.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(8);

    private final Path dataDirectory;
    private final String advertisedHost;
    private final BrokerStorage storage;
    private final BrokerSockets sockets;
    private final BrokerServer broker;
    private final ControllerServer controller;
    private boolean closed;

    private KafkaBroker(Builder builder, BrokerStorage storage, BrokerSockets sockets) {
        this.dataDirectory = builder.dataDirectory;
        this.advertisedHost = builder.advertisedHost();
        this.storage = storage;
        this.sockets = sockets;
        KafkaConfig config = new KafkaConfig(
                BrokerSettings.of(
                        dataDirectory,
                        builder.host,
                        advertisedHost,
                        sockets,
                        builder.messageMaxBytes,
                        builder.settings),
                false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
                KafkaRaftServer.initializeLogDirs(config, LOG, "");
        MetaPropertiesEnsemble properties = formatted._1();
        InetSocketAddress controllerAddress =
                new InetSocketAddress(BrokerSettings.CONTROLLER_HOST, sockets.controllerPort());
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, properties.clusterId().orElseThrow()),
                CompletableFuture.completedFuture(Map.of(BrokerSettings.NODE_ID, controllerAddress)),
                List.of(),
                (name, fatal, action) -> new LoggingFaultHandler(name, action),
                sockets);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    }

    /** A broker that keeps its data in {@code dataDirectory}, which is made when it is not there. */
    public static Builder at(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    private void startServers() {
        controller.startup();
        broker.startup();
        LOG.info("Kafka listens on {}, data in {}", bootstrapServers(), dataDirectory);
    }

    /** {@code host:port}, as clients want it for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return advertisedHost + ":" + port();
    }

    /** The port for clients. */
    public int port() {
        return sockets.clientPort();
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Stops gracefully, within about ten seconds; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (storage;
                sockets) {
            broker.shutdown(SHUTDOWN_LIMIT);
            controller.shutdown();
        }
    }

    /** What to start. Not thread-safe. */
    public static final class Builder {
        private static final int DEFAULT_MESSAGE_MAX_BYTES = 16 << 20;

        private final Path dataDirectory;
        private final Map<String, String> settings = new HashMap<>();
        private String host = "localhost";
        private int port;
        private int controllerPort;
        private int messageMaxBytes = DEFAULT_MESSAGE_MAX_BYTES;

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory.toAbsolutePath();
        }

        /** The host name or address to listen on; default {@code localhost}. Clients are told the same name. */
        public Builder host(String host) {
            this.host = Objects.requireNonNull(host);
            return this;
        }

        /** The port for clients; 0, the default, is any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The port of the controller, on the loopback interface; 0, the default, is any free one. */
        public Builder controllerPort(int controllerPort) {
            this.controllerPort = controllerPort;
            return this;
        }

        /** The largest record batch a topic takes unless it says otherwise, in bytes; default 16 MiB. */
        public Builder messageMaxBytes(int messageMaxBytes) {
            this.messageMaxBytes = messageMaxBytes;
            return this;
        }

        /** A broker setting by Kafka's own name; wins over what this class chooses. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        private String advertisedHost() {
            boolean anyAddress = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
            return anyAddress ? "localhost" : host;
        }

        /**
         * Starts the broker and returns when it serves clients.
         *
         * @throws PortInUseException when a port is taken
         * @throws RuntimeException when the directory can't be used or Kafka does not start; nothing is left running
         */
        public KafkaBroker start() {
            BrokerSockets sockets = BrokerSockets.bind(
                    new InetSocketAddress(host, port),
                    new InetSocketAddress(BrokerSettings.CONTROLLER_HOST, controllerPort));
            BrokerStorage storage = null;
            KafkaBroker broker;
            try {
                storage = BrokerStorage.open(dataDirectory);
                broker = new KafkaBroker(this, storage, sockets);
            } catch (RuntimeException e) {
                sockets.close();
                if (storage != null) {
                    storage.close();
                }
                throw e;
            }
            try {
                broker.startServers();
                return broker;
            } catch (RuntimeException e) {
                broker.close();
                throw e;
            }
        }
    }
}
