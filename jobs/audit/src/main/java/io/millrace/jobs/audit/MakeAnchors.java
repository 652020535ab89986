package io.millrace.jobs.audit;

import io.millrace.schema.audit.AuditAnchor;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes an anchor of each end of a chain. */
final class MakeAnchors implements MapFunction<SourcePosition, OutboundRecord> {
    private static final long serialVersionUID = 1L;
    private static final UUID ANCHORS = UUID.fromString("0f0b8a52-7c54-5f3e-8d6b-5a3c4f1f2b90");

    @Override
    public OutboundRecord map(SourcePosition end) {
        String link = Base64.getEncoder().encodeToString(end.link());
        UUID id = Uuid5.of(ANCHORS, end.source() + '\n' + end.offset() + '\n' + link);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        AuditAnchor anchor = new AuditAnchor(
                new Envelope(id, "audit.anchored", now, Envelope.DEFAULT_TENANT, null, null),
                end.topic(),
                end.partition(),
                end.offset(),
                link);
        return OutboundRecord.of(end.source(), anchor.toJson(), null, null);
    }
}
