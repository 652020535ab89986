package io.millrace.simulation;

import io.millrace.logic.task.TaskCommand;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;

/**
 * A record that the job writes, before it is bytes.
 *
 * @param sentAt wall clock when it was released, milliseconds since the epoch
 * @param dropped of a reminder: later than is useful, so that it is not sent
 */
record Output(TaskCommand command, long sentAt, boolean dropped) {

    /** What has to be the same whenever it is written: all but the time of sending. */
    Object content() {
        if (command instanceof TaskCommand.Remind remind) {
            return remind.reminder();
        }
        if (command instanceof TaskCommand.Publish publish) {
            return publish.view();
        }
        if (command instanceof TaskCommand.Announce announce) {
            return announce.created();
        }
        TaskCommand.Reject reject = (TaskCommand.Reject) command;
        SourceRecord source = reject.source();
        return new Letter(source.partition(), source.offset(), reject.code(), reject.message());
    }

    /** A dead letter, by the record it is of. */
    record Letter(int partition, long offset, ErrorCode code, String message) {}

    /** {@code user/task} of what it is about; the position of the record for a dead letter. */
    String subject() {
        if (command instanceof TaskCommand.Remind remind) {
            return remind.reminder().userId() + "/" + remind.reminder().taskId();
        }
        if (command instanceof TaskCommand.Publish publish) {
            return publish.view().userId() + "/" + publish.view().taskId();
        }
        if (command instanceof TaskCommand.Announce announce) {
            return announce.created().userId() + "/" + announce.created().taskId();
        }
        SourceRecord source = ((TaskCommand.Reject) command).source();
        return source.partition() + "@" + source.offset();
    }
}
