package io.millrace.testing.flink;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job that counts slowly and never ends; with the argument {@code fail} it fails at its first record. */
public final class EndlessJob {
    private EndlessJob() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        boolean fail = args.length > 0 && args[0].equals("fail");
        environment
                .fromSequence(0, Long.MAX_VALUE - 1)
                .uid("numbers")
                .map(new Slowly(fail))
                .uid("slowly")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("endless");
    }

    /** Passes about a thousand records a second. */
    public static final class Slowly implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final boolean fail;

        Slowly(boolean fail) {
            this.fail = fail;
        }

        @Override
        public Long map(Long value) {
            if (fail) {
                throw new IllegalStateException("as was asked for");
            }
            LockSupport.parkNanos(1_000_000);
            return value;
        }
    }
}
