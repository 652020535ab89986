package io.millrace.local.cli;

import io.millrace.local.topic.KafkaConnection;
import picocli.CommandLine.Option;

/** Which Kafka a command talks to. */
final class KafkaOption {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:MILLRACE_KAFKA:-localhost:9092}",
            description = "Kafka to talk to; default: MILLRACE_KAFKA, else localhost:9092.")
    private String address;

    String address() {
        return address;
    }

    KafkaConnection connect() {
        return KafkaConnection.to(address, word -> System.err.println("millrace: " + word));
    }
}
