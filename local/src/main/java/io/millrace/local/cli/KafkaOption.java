package io.millrace.local.cli;

import io.millrace.local.topic.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which Kafka a command talks to. */
final class KafkaOption {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:MILLRACE_KAFKA:-localhost:9092}",
            description = "Kafka to talk to; default: MILLRACE_KAFKA, else localhost:9092.")
    private String address;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_PROPERTIES}",
            description = "Java properties file with settings of Kafka's clients, such as credentials; default: "
                    + "MILLRACE_KAFKA_PROPERTIES, else none.")
    private Path properties;

    String address() {
        return address;
    }

    KafkaConnection connect() {
        return KafkaConnection.to(address, clientProperties(), word -> System.err.println("millrace: " + word));
    }

    private Map<String, String> clientProperties() {
        Properties read = new Properties();
        if (properties != null) {
            try (Reader reader = Files.newBufferedReader(properties)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailure("--kafka-properties: " + properties + " can't be read (" + e + ")", e);
            }
        }
        return read.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, read::getProperty));
    }
}
