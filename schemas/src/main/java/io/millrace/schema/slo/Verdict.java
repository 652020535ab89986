package io.millrace.schema.slo;

/** How a consumer group does with a partition, or a topic; what comes later here is worse. */
public enum Verdict {
    OK,
    /** It reads, but its lag has not fallen for ten commits. */
    WARNING,
    /** It has gone back to what it had read before. */
    REWOUND,
    /** It has members, and does not commit further though there is something to read. */
    STALLED,
    /** The same without members, or of a group of which that is not known. */
    STOPPED,
    /** Nobody knows: there was no sample for three intervals. */
    BLIND;

    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
