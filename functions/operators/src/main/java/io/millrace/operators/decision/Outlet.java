package io.millrace.operators.decision;

import io.millrace.schema.wire.OutboundRecord;

/** Where what commands send goes. */
public interface Outlet {

    /** Sends to the operator's output. */
    void send(OutboundRecord record);

    /** Counts one more of something. */
    void count(String metric);

    /** Milliseconds since the epoch; for stamps alone, as decisions go by the log. */
    long wallClock();
}
