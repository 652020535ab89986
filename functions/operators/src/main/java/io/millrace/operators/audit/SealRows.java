package io.millrace.operators.audit;

import io.millrace.logic.audit.AuditChain;
import io.millrace.logic.audit.AuditReader;
import io.millrace.logic.audit.Seal;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.SourceRecord;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Collection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Makes a sealed row of each record. Its input must come from the source without a shuffle: a partition's records in
 * their order. Which partitions a subtask has changes with the source's, so that each knows the positions of all.
 */
public final class SealRows extends RichFlatMapFunction<SourceRecord, AuditEvent> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final int SALT_BYTES = 16;

    public static final String ROWS = "audit_rows";
    /** Rows that the table had already, as after the restore of an older savepoint. */
    public static final String ROWS_KNOWN = "audit_rows_known";

    private final AuditParts parts;

    private transient AuditReader reader;
    private transient Seal seal;
    private transient ListState<SourcePosition> state;
    private transient Counter rows;
    private transient Counter known;

    /** What the audit is made with; read by each task where it runs. */
    public interface AuditParts extends Serializable {
        AuditReader reader() throws Exception;

        AuditChain chain() throws Exception;

        /** How far the table is. */
        Collection<SourcePosition> positions() throws Exception;
    }

    public SealRows(AuditParts parts) {
        this.parts = parts;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        SecureRandom random = new SecureRandom();
        seal = new Seal(parts.chain(), () -> {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return salt;
        });
        state = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("positions", TypeInformation.of(SourcePosition.class)));
        seal.from(state.get());
        seal.from(parts.positions());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        reader = parts.reader();
        rows = getRuntimeContext().getMetricGroup().counter(ROWS);
        known = getRuntimeContext().getMetricGroup().counter(ROWS_KNOWN);
    }

    @Override
    public void flatMap(SourceRecord record, Collector<AuditEvent> out) {
        AuditEvent row = seal.seal(reader.read(record));
        if (row == null) {
            known.inc();
        } else {
            rows.inc();
            out.collect(row);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(seal.positions());
    }
}
