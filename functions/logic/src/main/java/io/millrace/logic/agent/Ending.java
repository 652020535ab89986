package io.millrace.logic.agent;

import static io.millrace.logic.agent.Step.ANSWER;
import static io.millrace.logic.agent.Step.NEXT_AGENT;
import static io.millrace.logic.agent.Step.RETRY;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentResult;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How an attempt ended, and what follows, as a table. docs/agents.md shows the same table, written by a test. Order is
 * part of the encoding of state: append only.
 */
enum Ending {
    // Columns: attempts and time left, and another agent; those without another agent; neither attempts nor time left.
    ANSWERED("`OK`", ANSWER, ANSWER, ANSWER, AgentResult.Status.OK),
    INVALID_ANSWER("`OK`, but the answer is not valid", RETRY, RETRY, NEXT_AGENT, AgentResult.Status.FAILED),
    RETRYABLE("`RETRYABLE`", RETRY, RETRY, NEXT_AGENT, AgentResult.Status.FAILED),
    CIRCUIT_OPEN("`RETRYABLE` with `circuit_open`", NEXT_AGENT, RETRY, NEXT_AGENT, AgentResult.Status.FAILED),
    TIMED_OUT("`TIMED_OUT`", RETRY, RETRY, NEXT_AGENT, AgentResult.Status.TIMED_OUT),
    FAILED("`FAILED`", NEXT_AGENT, NEXT_AGENT, NEXT_AGENT, AgentResult.Status.FAILED),
    REFUSED("`REFUSED`", NEXT_AGENT, NEXT_AGENT, NEXT_AGENT, AgentResult.Status.REFUSED),
    OVERLOADED("`RETRYABLE` with `overloaded`", NEXT_AGENT, RETRY, NEXT_AGENT, AgentResult.Status.FAILED),
    CUT_SHORT("`TIMED_OUT` with `deadline_passed`", RETRY, RETRY, NEXT_AGENT, AgentResult.Status.TIMED_OUT),
    STOPPED("`RETRYABLE` with `stopped`", RETRY, RETRY, NEXT_AGENT, AgentResult.Status.FAILED);

    private static final Ending[] VALUES = values();

    private final String label;
    private final Step withOthers;
    private final Step withoutOthers;
    private final Step usedUp;
    private final AgentResult.Status result;

    Ending(String label, Step withOthers, Step withoutOthers, Step usedUp, AgentResult.Status result) {
        this.label = label;
        this.withOthers = withOthers;
        this.withoutOthers = withoutOthers;
        this.usedUp = usedUp;
        this.result = result;
    }

    /** The ending that an outcome says, its answer being valid. */
    static Ending of(AgentOutcome outcome) {
        return switch (outcome.status()) {
            case OK -> ANSWERED;
            case RETRYABLE ->
                switch (outcome.error().code()) {
                    case CIRCUIT_OPEN -> CIRCUIT_OPEN;
                    case OVERLOADED -> OVERLOADED;
                    case STOPPED -> STOPPED;
                    default -> RETRYABLE;
                };
            case FAILED -> FAILED;
            case TIMED_OUT -> outcome.error().code() == AgentErrorCode.DEADLINE_PASSED ? CUT_SHORT : TIMED_OUT;
            case REFUSED -> REFUSED;
        };
    }

    /**
     * Whether it uses up one of the attempts that a definition allows. One for which there was no room, or that was
     * stopped, was not made, and one that had only as long as others waited for it is made again for those who came
     * later.
     */
    boolean counts() {
        return this != OVERLOADED && this != CUT_SHORT && this != STOPPED;
    }

    /**
     * @param mayRetry whether there are attempts left, and time for the next
     * @param lastAgent whether nobody else can be asked
     */
    Step step(boolean mayRetry, boolean lastAgent) {
        if (!mayRetry) {
            return usedUp;
        }
        return lastAgent ? withoutOthers : withOthers;
    }

    /** The status of a call whose last attempt ended so, when its definition says {@code fail}. */
    AgentResult.Status result() {
        return result;
    }

    static Ending ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }

    /** The table in Markdown. */
    static String markdown() {
        return Arrays.stream(VALUES)
                .map(ending -> "| " + ending.label + " | " + ending.withOthers.label() + " | "
                        + ending.withoutOthers.label() + " | " + ending.usedUp.label() + " | `" + ending.result
                        + "` |\n")
                .collect(Collectors.joining(
                        "",
                        "| outcome | attempts and time left | the same, and nobody else to ask | none left |"
                                + " in the end |\n|---|---|---|---|---|\n",
                        ""));
    }
}
