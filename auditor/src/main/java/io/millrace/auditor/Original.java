package io.millrace.auditor;

/** A record that may have a dead letter. */
interface Original {
    Position position();

    Fingerprint fingerprint();

    /** Why it is bad or may be; empty for a good one. */
    String reason();

    /** What an offence about it is about. */
    String subject();
}
