package io.millrace.deploy;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.testing.process.OsProcess;

/** A JobManager that runs one job, as the entry point of Flink's image starts it. */
record ApplicationProcess(OsProcess process, FlinkRest rest) implements AutoCloseable {

    boolean answers() {
        try {
            rest.version();
            return true;
        } catch (FlinkRestException e) {
            if (!process.isAlive()) {
                throw new AssertionError(process.describe(), e);
            }
            return false;
        }
    }

    String describe() {
        return process.describe();
    }

    @Override
    public void close() {
        process.kill();
    }
}
