package io.millrace.schema.audit;

import io.millrace.schema.lake.Column;
import java.time.Instant;

/** That somebody's data was erased from the audit; of whom it does not say. */
public record Erasure(
        @Column("When it was done.") Instant erasedAt,
        @Column("Whose data it was, by tenant.") String tenant,
        @Column("What it was done for, such as the number of a request.") String reference,
        @Column("How many rows were erased; their digests and links are still there.") long rows,
        @Column("How many files had them, which are gone.") long files) {}
