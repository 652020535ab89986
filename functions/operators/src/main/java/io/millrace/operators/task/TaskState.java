package io.millrace.operators.task;

import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The state of the tasks operator, keyed by {@link io.millrace.logic.task.SeriesKey}. Nothing has a time-to-live of
 * Flink's, which goes by the wall clock: the logic says when a series, or an id, is forgotten, by log time.
 */
public final class TaskState {

    /** A series; forgotten when all its tasks are closed and the retention of closed tasks is over. */
    static final ValueStateDescriptor<Series> SERIES =
            new ValueStateDescriptor<>("series", CodecTypeInfo.by(SeriesCodec.class));

    /** Event ids that do not fit into the series, by id, with the log time of each; used by very busy series only. */
    static final MapStateDescriptor<String, Long> OVERFLOWED_IDS =
            new MapStateDescriptor<>("overflowed-ids", Types.STRING, Types.LONG);

    /** How many reminders are pending in a subtask; for the metric alone, and added up over the subtasks. */
    static final ListStateDescriptor<Long> PENDING = new ListStateDescriptor<>("pending-reminders", Types.LONG);

    private TaskState() {}
}
