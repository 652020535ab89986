package io.millrace.schema.slo;

/** Whether a consumer group has members. */
public enum Members {
    SOME,
    NONE,
    /** It only commits, as the jobs of Flink do: partitions are not given out by the broker. */
    UNKNOWN
}
