package io.millrace.operations.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker's configuration: Kafka's defaults, scaled down from a server room to one small machine. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String CONTROLLER_HOST = "127.0.0.1";

    private BrokerSettings() {}

    /** @param overrides win over everything else */
    static Map<String, String> of(
            Path dataDirectory,
            String host,
            String advertisedHost,
            BrokerSockets sockets,
            int messageMaxBytes,
            Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>(smallMachine());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put(
                "controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, CONTROLLER_HOST, sockets.controllerPort()));
        settings.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(
                                CLIENT_LISTENER,
                                host,
                                sockets.clientPort(),
                                CONTROLLER_LISTENER,
                                CONTROLLER_HOST,
                                sockets.controllerPort()));
        settings.put(
                "advertised.listeners", "%s://%s:%d".formatted(CLIENT_LISTENER, advertisedHost, sockets.clientPort()));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("log.dirs", dataDirectory.toString());
        settings.put("message.max.bytes", Integer.toString(messageMaxBytes));
        settings.put("replica.fetch.max.bytes", Integer.toString(messageMaxBytes));
        settings.putAll(overrides);
        return settings;
    }

    private static Map<String, String> smallMachine() {
        Map<String, String> settings = new HashMap<>();
        // A topic is made on purpose, with its timestamp type, or not at all.
        settings.put("auto.create.topics.enable", "false");

        // One node: nothing can be replicated. Each internal partition costs files and start-up time.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // Exactly-once sinks need transactions that outlive their job's longest outage.
        settings.put("transaction.max.timeout.ms", "3600000");
        settings.put("group.initial.rebalance.delay.ms", "0");

        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("background.threads", "2");
        settings.put("num.replica.fetchers", "1");
        // 128 MiB of heap by default, taken at start.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));

        // The broker learns by heartbeat that it may serve. After a kill its successor is refused until the session of
        // the
        // killed one has expired.
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("broker.session.timeout.ms", "4000");
        return settings;
    }
}
