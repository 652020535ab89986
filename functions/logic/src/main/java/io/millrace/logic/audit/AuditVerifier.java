package io.millrace.logic.audit;

import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows chains through all rows of a table, each partition's in the order of their offsets, and compares their ends with
 * what is known of them elsewhere. After a row that breaks a chain it goes on from that row, so that each alteration is
 * told once.
 */
public final class AuditVerifier {
    private final AuditChain chain;
    private final Consumer<Finding> findings;
    private final Map<String, SourcePosition> ends = new HashMap<>();
    private final Map<String, Map<Long, byte[]>> anchors = new HashMap<>();
    private long rows;
    private long erased;
    private long found;

    /** What is wrong. */
    public enum Fault {
        /** A column is not what it was. */
        ALTERED,
        /** The chain does not lead here: a row before was taken out, put in or exchanged. */
        BROKEN,
        /** A row is there more than once. */
        TWICE,
        /** The chain ends before, or otherwise than, it is known to. */
        CUT_OFF
    }

    /** @param offset that of the row, or of the last one that should be there */
    public record Finding(Fault fault, String topic, int partition, long offset) {}

    public AuditVerifier(AuditChain chain, Consumer<Finding> findings) {
        this.chain = chain;
        this.findings = findings;
    }

    /** Ends of chains that were published earlier: the rows there must have these links. To be told before any row. */
    public void anchored(Collection<SourcePosition> earlier) {
        earlier.forEach(end ->
                anchors.computeIfAbsent(end.source(), source -> new HashMap<>()).put(end.offset(), end.link()));
    }

    public void row(AuditEvent row) {
        rows++;
        String source = SourcePosition.source(row.topic(), row.partition());
        SourcePosition before = ends.get(source);
        if (before != null && row.offset() <= before.offset()) {
            report(Fault.TWICE, row);
            return;
        }
        if (row.salt() == null) {
            erased++;
        } else if (!Arrays.equals(row.digest(), chain.digest(row.salt(), row))) {
            report(Fault.ALTERED, row);
        }
        byte[] expected = chain.link(before == null ? AuditChain.START : before.link(), row.digest());
        byte[] anchored = anchors.getOrDefault(source, Map.of()).get(row.offset());
        if (!Arrays.equals(expected, row.link()) || anchored != null && !Arrays.equals(anchored, row.link())) {
            report(Fault.BROKEN, row);
        }
        ends.put(source, new SourcePosition(row.topic(), row.partition(), row.offset(), row.link()));
    }

    private void report(Fault fault, AuditEvent row) {
        report(fault, row.topic(), row.partition(), row.offset());
    }

    private void report(Fault fault, String topic, int partition, long offset) {
        found++;
        findings.accept(new Finding(fault, topic, partition, offset));
    }

    /** Compares the ends that were found with those that are known. */
    public void ends(Collection<SourcePosition> known) {
        for (SourcePosition end : known) {
            SourcePosition last = ends.get(end.source());
            if (last == null || last.offset() < end.offset()) {
                report(Fault.CUT_OFF, end.topic(), end.partition(), end.offset());
            }
        }
    }

    public long rows() {
        return rows;
    }

    /** Rows whose columns were erased; their chain was followed. */
    public long erased() {
        return erased;
    }

    public long partitions() {
        return ends.size();
    }

    public long found() {
        return found;
    }
}
