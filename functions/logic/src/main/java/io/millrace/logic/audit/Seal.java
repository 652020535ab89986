package io.millrace.logic.audit;

import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import java.util.List;
import java.util.function.Supplier;

/** Seals rows in the order of their partitions, each once, from where the table and a checkpoint are. */
public final class Seal {
    private final AuditChain chain;
    private final Supplier<byte[]> salts;
    private final KnownPositions positions = new KnownPositions();

    /** @param salts random, 16 bytes each */
    public Seal(AuditChain chain, Supplier<byte[]> salts) {
        this.chain = chain;
        this.salts = salts;
    }

    /** Goes on from there, where nothing later is known. */
    public void from(Iterable<SourcePosition> known) {
        positions.from(known);
    }

    /** How far all partitions are. */
    public List<SourcePosition> positions() {
        return positions.all();
    }

    /** The row, sealed; null when it was sealed before. */
    public AuditEvent seal(AuditEvent row) {
        SourcePosition before = positions.last(row.topic(), row.partition());
        long last = before == null ? -1 : before.offset();
        if (row.offset() <= last) {
            return null;
        }
        byte[] salt = salts.get();
        byte[] digest = chain.digest(salt, row);
        byte[] link = chain.link(before == null ? AuditChain.START : before.link(), digest);
        positions.reached(new SourcePosition(row.topic(), row.partition(), row.offset(), link));
        return row.sealed(last, salt, digest, link);
    }
}
