package io.millrace.auditor;

import io.millrace.schema.wire.Topics;
import java.time.Duration;

/**
 * What the auditor may assume of a run.
 *
 * @param crashes whether the job was killed, restored or rescaled: then a record may come again, under the same id
 * @param longestOutage the longest time for which the job did not run; within it a moment that a later event cancelled
 *     may have gone out or not. Zero without crashes
 * @param grace how long after its moment (a reminder) or its cause (an update, a dead letter) a record may be missing
 * @param tolerance how close to its moment a cancelling event may come for both, sent and not sent, to be right
 * @param job settings of the job, the same as its own
 * @param topics the names of the topics
 * @param offencesKept how many offences of each kind are kept with details; all are counted
 * @param slice which share of the users is audited, from 0
 * @param slices into how many shares the users are divided; 1 for all at once
 * @param userPrefix only users whose id starts with this are audited; empty for all
 */
public record AuditSettings(
        boolean crashes,
        Duration longestOutage,
        Duration grace,
        Duration tolerance,
        JobTimes job,
        TopicNames topics,
        int offencesKept,
        int slice,
        int slices,
        String userPrefix) {

    /**
     * The times of the job that its answers depend on.
     *
     * @param unknownTaskWait how long an event waits for its task
     * @param dedupWindow how long an event id is remembered
     * @param closedRetention how long a closed task is remembered
     * @param catchUp how late a reminder is still sent
     */
    public record JobTimes(Duration unknownTaskWait, Duration dedupWindow, Duration closedRetention, Duration catchUp) {
        public static final JobTimes DEFAULT =
                new JobTimes(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofHours(24), Duration.ofHours(24));
    }

    /** The topics of one tasks job. */
    public record TopicNames(String events, String reminders, String updates, String deadLetters) {
        public static final TopicNames DEFAULT =
                new TopicNames(Topics.TASK_EVENTS, Topics.REMINDERS, Topics.TASK_UPDATES, Topics.TASK_EVENTS_DLQ);
    }

    public AuditSettings {
        if (slices < 1 || slice < 0 || slice >= slices) {
            throw new IllegalArgumentException("no slice " + slice + " of " + slices);
        }
    }

    /** A run in which the job started once and was never killed: nothing may come twice. */
    public static AuditSettings crashFree() {
        return new AuditSettings(
                false,
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                JobTimes.DEFAULT,
                TopicNames.DEFAULT,
                20,
                0,
                1,
                "");
    }

    /** A run in which the job was down for at most {@code longestOutage} at a time. */
    public static AuditSettings withCrashes(Duration longestOutage) {
        AuditSettings calm = crashFree();
        return calm.with(true, longestOutage, calm.grace, calm.tolerance);
    }

    private AuditSettings with(boolean crashes, Duration longestOutage, Duration grace, Duration tolerance) {
        return new AuditSettings(
                crashes, longestOutage, grace, tolerance, job, topics, offencesKept, slice, slices, userPrefix);
    }

    /** The same with another grace and tolerance. */
    public AuditSettings within(Duration grace, Duration tolerance) {
        return with(crashes, longestOutage, grace, tolerance);
    }

    /** The same with another longest outage. */
    AuditSettings down(Duration longestOutage) {
        return with(crashes, longestOutage, grace, tolerance);
    }

    /** The same for a job with other times, on topics of other names. */
    public AuditSettings of(JobTimes job, TopicNames topics) {
        return new AuditSettings(
                crashes, longestOutage, grace, tolerance, job, topics, offencesKept, slice, slices, userPrefix);
    }

    /** The same for one share of the users: what is audited then needs that share of the memory. */
    public AuditSettings slice(int slice, int slices) {
        return new AuditSettings(
                crashes, longestOutage, grace, tolerance, job, topics, offencesKept, slice, slices, userPrefix);
    }

    /** The same for the users whose id starts with this: what others did is passed over. */
    public AuditSettings usersStartingWith(String userPrefix) {
        return new AuditSettings(
                crashes, longestOutage, grace, tolerance, job, topics, offencesKept, slice, slices, userPrefix);
    }

    boolean covers(String tenant, String userId) {
        int hash = 31 * tenant.hashCode() + userId.hashCode();
        return userId.startsWith(userPrefix) && Math.floorMod(hash, slices) == slice;
    }

    /** Whether a record that belongs to nobody is of this share; {@code hash} is of its bytes. */
    boolean covers(int hash) {
        return Math.floorMod(hash, slices) == slice;
    }
}
