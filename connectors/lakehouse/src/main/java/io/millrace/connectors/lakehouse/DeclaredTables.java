package io.millrace.connectors.lakehouse;

import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.audit.Erasure;

/** The tables of the lake. */
public final class DeclaredTables {
    /** Every record of every topic, once. */
    public static final LakeTable<AuditEvent> EVENTS =
            new LakeTable<>("audit", "events", AuditEvent.class, "log_time", "topic");

    /** Every row of figures as often as it was told. */
    public static final LakeTable<FigureRow> FIGURES =
            new LakeTable<>("analytics", "figures", FigureRow.class, "start", "figure_table", FigureViews::ensure);

    /** That data of somebody was erased from the events. */
    public static final LakeTable<Erasure> ERASURES =
            new LakeTable<>("audit", "erasures", Erasure.class, "erased_at", "tenant");

    private DeclaredTables() {}
}
