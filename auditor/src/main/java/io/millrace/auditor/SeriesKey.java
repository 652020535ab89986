package io.millrace.auditor;

/** Names a series, or a task that does not recur. */
record SeriesKey(String tenant, String userId, String rootId) {

    /** How a task of it is named in the report. */
    String subject(String taskId) {
        return tenant + "/" + userId + "/" + taskId;
    }
}
