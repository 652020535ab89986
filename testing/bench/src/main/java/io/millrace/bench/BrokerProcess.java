package io.millrace.bench;

import io.millrace.operations.kafka.KafkaBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * A process that is a broker: prints its address, and ends with its standard input, as with the process that started
 * it.
 */
final class BrokerProcess {
    private static final String DELETE_DELAY_MILLIS = "1000";

    private BrokerProcess() {}

    /** @param arguments the data directory */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        // What one contestant leaves behind is gone before the next one is measured.
        try (KafkaBroker broker = KafkaBroker.at(Path.of(arguments[0]))
                .setting("log.segment.delete.delay.ms", DELETE_DELAY_MILLIS)
                .start()) {
            answers.println(broker.bootstrapServers());
            answers.flush();
            System.in.transferTo(System.err);
        }
        System.exit(0);
    }
}
