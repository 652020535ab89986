package io.millrace.logic.slo;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;

/**
 * What the last sample said of a group and a topic as a whole. Components are only ever appended.
 *
 * @param topicId null when the broker has none
 * @param askedAt when the broker was asked, milliseconds since the epoch
 * @param loggedAt log time of the sample, milliseconds since the epoch
 * @param retentionMs null when records are kept for ever, or that is not known
 * @param emptySince log time since which the group has no members; 0 when it has, or that is not known
 */
public record Look(
        String group,
        String topic,
        String topicId,
        Members members,
        long askedAt,
        int part,
        long loggedAt,
        long intervalMs,
        int partitionCount,
        Long retentionMs,
        long emptySince) {

    /** @param before the look before; null when there was none */
    static Look of(LagSampled sample, Look before, long now) {
        boolean wasEmpty = before != null && before.emptySince > 0;
        long emptySince = wasEmpty ? before.emptySince : now;
        return new Look(
                sample.group(),
                sample.topic(),
                sample.topicId(),
                sample.members(),
                sample.askedAt(),
                sample.part(),
                now,
                sample.intervalMs(),
                sample.partitionCount(),
                sample.retentionMs(),
                sample.members() == Members.NONE ? emptySince : 0);
    }

    /** Whether a sample was made after this one. */
    boolean isBefore(LagSampled sample) {
        return sample.askedAt() > askedAt || sample.askedAt() == askedAt && sample.part() > part;
    }

    /** Whether a sample is of another topic that has the same name. */
    boolean isOfAnother(LagSampled sample) {
        return topicId != null && sample.topicId() != null && !topicId.equals(sample.topicId());
    }
}
