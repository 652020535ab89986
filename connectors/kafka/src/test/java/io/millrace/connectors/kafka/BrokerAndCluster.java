package io.millrace.connectors.kafka;

import io.millrace.operations.kafka.KafkaBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker and a Flink cluster, the same for all tests of a class. */
@Timeout(150)
abstract class BrokerAndCluster {
    @TempDir
    static Path brokerData;

    static KafkaBroker broker;
    static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.at(brokerData).start();
        cluster = TestCluster.start();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        broker.close();
    }
}
