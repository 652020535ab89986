package io.millrace.connectors.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Records that are gone unread, or that will not be read.
 *
 * @param records how many at most; 1 where nobody knows
 * @param message says of which partition and offsets, what it means and what to do
 */
record Loss(long records, String message) {

    /**
     * What is missing of a partition; null when nothing is.
     *
     * @param next the offset from which it is to be read on
     * @param beginning the first offset that is there
     * @param end the offset after the last one
     * @param remade whether this is not the topic that was read before
     */
    static Loss of(TopicPartition partition, long next, long beginning, long end, boolean remade) {
        if (next > end) {
            return new Loss(
                    1,
                    partition + " ends before offset " + end + ", and was read up to before offset " + next
                            + ": the topic was deleted and made again, or lost what was written last. What had not been read "
                            + "of it is lost; it is read from offset " + beginning + " on.");
        }
        if (remade) {
            return new Loss(
                    Math.max(1, next - beginning),
                    partition
                            + ": the topic was deleted and made again. What had not been read of it is lost, and of the new "
                            + "one the records before offset " + next + " are not read: publish them again.");
        }
        if (next < beginning) {
            return new Loss(
                    beginning - next,
                    partition + ": offsets " + next + " to " + (beginning - 1)
                            + " were deleted before they were read, records and transaction markers alike. What they said, "
                            + "such as that a task is done, is lost to this job: raise the topic's retention.ms above the time "
                            + "that the job may be away or behind.");
        }
        return null;
    }
}
