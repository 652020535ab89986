package io.millrace.operators.deadletter;

import io.millrace.schema.wire.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Dead letters, one counter for each code. */
public final class DeadLetterMetrics {
    public static final String DEAD_LETTERS = "dead_letters";
    public static final String DEAD_LETTERS_BY_CODE = "code";

    private final Map<ErrorCode, Counter> byCode = new EnumMap<>(ErrorCode.class);

    public DeadLetterMetrics(MetricGroup group) {
        for (ErrorCode code : ErrorCode.values()) {
            byCode.put(
                    code, group.addGroup(DEAD_LETTERS_BY_CODE, code.wireName()).counter(DEAD_LETTERS));
        }
    }

    public void count(ErrorCode code) {
        byCode.get(code).inc();
    }
}
