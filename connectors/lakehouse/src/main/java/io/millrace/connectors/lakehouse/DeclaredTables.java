package io.millrace.connectors.lakehouse;

import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.audit.AuditEvent;

/** The tables of the lake. */
public final class DeclaredTables {
    /** Every record of every topic, once. */
    public static final LakeTable<AuditEvent> EVENTS =
            new LakeTable<>("audit", "events", AuditEvent.class, "log_time", "topic");

    /** Every row of figures as often as it was told. */
    public static final LakeTable<FigureRow> FIGURES =
            new LakeTable<>("analytics", "figures", FigureRow.class, "start", "figure_table", FigureViews::ensure);

    private DeclaredTables() {}
}
