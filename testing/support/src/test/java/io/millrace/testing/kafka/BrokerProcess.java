package io.millrace.testing.kafka;

import java.nio.file.Path;

/** A process that is a broker: prints its address and runs until killed. */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] args) {
        System.out.println(KafkaBroker.at(Path.of(args[0])).start().bootstrapServers());
    }
}
