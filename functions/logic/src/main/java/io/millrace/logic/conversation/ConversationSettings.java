package io.millrace.logic.conversation;

import java.io.Serializable;
import java.time.Duration;

/**
 * What whoever runs conversations decides about them.
 *
 * @param workflow by which turns are answered
 * @param quiet for how long the customer has to be silent before a turn begins
 * @param patience for how long a customer who goes on writing is waited for, from the first message that is not answered
 * @param turnTimeout after which a run counts as failed
 * @param turnAttempts how many runs in a row may fail before a person is asked
 * @param maxTurns after which a person is asked
 * @param maxCostMicros after which a person is asked, millionths of the currency
 * @param hours when people answer
 * @param personWithin within which of their hours they are to answer
 * @param remindAfter of silence after an answer; zero for never
 * @param closeAfter of silence
 * @param forgetAfter of being closed or erased
 * @param link to where a conversation is shown, with {@code {conversation}} and {@code {tenant}}; empty for none
 */
public record ConversationSettings(
        String workflow,
        Duration quiet,
        Duration patience,
        Duration turnTimeout,
        int turnAttempts,
        int maxTurns,
        long maxCostMicros,
        BusinessHours hours,
        Duration personWithin,
        Duration remindAfter,
        Duration closeAfter,
        Duration forgetAfter,
        String link)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException when they make no sense, with the name of the setting */
    public ConversationSettings {
        require(patience.compareTo(quiet) >= 0, "patience: must not be shorter than quiet-time");
        require(!turnTimeout.isZero(), "turn-timeout: must be longer than 0");
        require(turnAttempts > 0, "turn-attempts: must be at least 1");
        require(maxTurns > 0, "max-turns: must be at least 1");
        require(maxCostMicros > 0, "max-cost: must be above 0");
        require(!closeAfter.isZero(), "close-after: must be longer than 0");
        require(
                remindAfter.isZero() || remindAfter.compareTo(closeAfter) < 0,
                "remind-after: must be shorter than close-after");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
