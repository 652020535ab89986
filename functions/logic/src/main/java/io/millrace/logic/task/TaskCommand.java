package io.millrace.logic.task;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;

/** Something to be done as a consequence of a decision, in the order given. */
public sealed interface TaskCommand {

    /** Send a reminder, unless it has become older than is useful. */
    record Remind(Reminder reminder) implements TaskCommand {}

    /** Publish the new view of a task. */
    record Publish(TaskView view) implements TaskCommand {}

    /** Announce an occurrence that was made. */
    record Announce(TaskEvent created) implements TaskCommand {}

    /** Make a dead letter of a record. */
    record Reject(SourceRecord source, ErrorCode code, String message) implements TaskCommand {}

    /** Keep event ids that no longer fit into the series' own state. */
    record Overflow(RecentIds ids) implements TaskCommand {}

    /** Forget overflowed event ids seen before {@code time} (log time, milliseconds since the epoch). */
    record ForgetOverflow(long time) implements TaskCommand {}
}
