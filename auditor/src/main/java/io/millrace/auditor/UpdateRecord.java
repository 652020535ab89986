package io.millrace.auditor;

import java.util.UUID;

/**
 * A record of the topic of task updates.
 *
 * @param where its topic, partition and offset, for people
 * @param logTime when the broker appended it, epoch milliseconds
 * @param causeId null when it names none
 * @param dueAt epoch milliseconds; null for a task without a due date
 */
record UpdateRecord(
        String where, long logTime, UUID id, String taskId, long version, String status, UUID causeId, Long dueAt) {

    @Override
    public String toString() {
        return "update " + id + " at " + where + ", version " + version + ", " + status;
    }
}
