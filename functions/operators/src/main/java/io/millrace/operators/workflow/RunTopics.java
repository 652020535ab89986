package io.millrace.operators.workflow;

import java.io.Serializable;

/** Which topics a run writes to. */
public record RunTopics(
        String inbox,
        String commands,
        String calls,
        String requests,
        String events,
        String runs,
        String emitted,
        String signals)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
