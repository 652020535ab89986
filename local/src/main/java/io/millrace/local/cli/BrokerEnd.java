package io.millrace.local.cli;

import io.millrace.local.platform.Room;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/**
 * Says why Kafka ends the process. Its broker does that by itself when it can't go on, as when the disk is full, and
 * tells the log alone.
 */
final class BrokerEnd {

    private BrokerEnd() {}

    /**
     * From now on, for the whole process. It ends at once then, as if killed: the threads that a clean stop would wait
     * for wait for Kafka.
     *
     * @param dataDirectory of the platform
     * @param log where the details are
     */
    static void announce(Path dataDirectory, Path log, PrintStream err) {
        Exit.Procedure end = (status, message) -> {
            String why = Room.whenFull(dataDirectory)
                    .orElseGet(() -> (message == null ? "it cannot go on" : message)
                            + "; start again, and it carries on from there");
            err.println("millrace: Kafka has ended: " + why + ". Details: " + log);
            err.flush();
            Runtime.getRuntime().halt(1);
        };
        Exit.setHaltProcedure(end);
        Exit.setExitProcedure(end);
    }
}
