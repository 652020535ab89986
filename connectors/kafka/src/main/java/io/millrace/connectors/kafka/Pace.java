package io.millrace.connectors.kafka;

import java.io.Serializable;

/**
 * How soon a source learns what there is.
 *
 * @param askEveryMillis how often it asks where the log ends
 * @param patienceMillis for how long what is there may not come before it is looked for; as long as fetches may wait
 */
record Pace(long askEveryMillis, long patienceMillis) implements Serializable {
    static final Pace HURRIED = new Pace(200, 0);

    /** A fifth of the questions, which cost a broker more than what a quiet topic brings. */
    static final Pace UNHURRIED = new Pace(1_000, 1_000);
}
