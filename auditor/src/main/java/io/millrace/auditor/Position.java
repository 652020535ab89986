package io.millrace.auditor;

/** Where a record is in the topic of events. */
record Position(int partition, long offset) {

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
