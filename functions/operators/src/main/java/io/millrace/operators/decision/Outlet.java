package io.millrace.operators.decision;

import org.apache.flink.util.OutputTag;

/**
 * Where what commands send goes.
 *
 * @param <O> what they send
 */
public interface Outlet<O> {

    /** Sends to the operator's output. */
    void send(O record);

    /** Sends to another output. */
    <T> void send(OutputTag<T> tag, T record);

    /** Counts one more of something. */
    void count(String metric);

    /** Adds a value to a histogram. */
    void measure(String metric, long value);

    /** Milliseconds since the epoch; for stamps alone, as decisions go by the log. */
    long wallClock();
}
