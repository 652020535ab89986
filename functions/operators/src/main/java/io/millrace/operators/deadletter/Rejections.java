package io.millrace.operators.deadletter;

import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/** Makes dead letters of what an operator can't accept, and counts them by their code. */
public final class Rejections {
    /** The side output on which every operator sends its dead letters. */
    public static final OutputTag<OutboundRecord> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(OutboundRecord.class));

    /** The metric, in a group by {@link #CODE}. */
    public static final String COUNT = "dead_letters";

    public static final String CODE = "code";

    private final Map<ErrorCode, Counter> byCode = new EnumMap<>(ErrorCode.class);

    public Rejections(MetricGroup group) {
        for (ErrorCode code : ErrorCode.values()) {
            byCode.put(code, group.addGroup(CODE, code.wireName()).counter(COUNT));
        }
    }

    /** The dead letter of a record, counted. */
    public OutboundRecord reject(SourceRecord source, ErrorCode code, String message) {
        byCode.get(code).inc();
        return DeadLetters.of(source, code, message);
    }

    /** The same with the code and the message of {@code rejection}. */
    public OutboundRecord reject(SourceRecord source, RejectedEventException rejection) {
        return reject(source, rejection.code(), rejection.getMessage());
    }
}
