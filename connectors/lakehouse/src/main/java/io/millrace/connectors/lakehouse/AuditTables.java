package io.millrace.connectors.lakehouse;

import io.millrace.schema.audit.AuditEvent;

/** The tables of the audit. */
public final class AuditTables {
    /** Every record of every topic, once. */
    public static final LakeTable<AuditEvent> EVENTS =
            new LakeTable<>("audit", "events", AuditEvent.class, "log_time", "topic");

    private AuditTables() {}
}
