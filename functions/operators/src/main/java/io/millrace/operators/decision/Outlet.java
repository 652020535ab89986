package io.millrace.operators.decision;

import io.millrace.schema.wire.OutboundRecord;
import org.apache.flink.util.OutputTag;

/** Where what commands send goes. */
public interface Outlet {

    /** Sends to the operator's main output. */
    void send(OutboundRecord record);

    /** Sends to a side output. */
    void send(OutputTag<OutboundRecord> output, OutboundRecord record);

    /** Counts one more of something. */
    void count(String metric);

    /** Milliseconds since the epoch; for stamps alone, as decisions go by the log. */
    long wallClock();
}
