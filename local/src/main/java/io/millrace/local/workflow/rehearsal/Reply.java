package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.expressions.Budget;
import io.millrace.expressions.Expression;
import io.millrace.expressions.ExpressionException;
import io.millrace.schema.agent.AgentErrorCode;
import java.time.Duration;
import java.util.Map;

/**
 * What an agent, or a run that was started, comes to.
 *
 * @param when what has to hold of the input; null for any
 * @param output null when it fails
 * @param error null when it does not
 * @param message of the error
 * @param after how long that takes
 * @param times for how many calls it is good
 */
record Reply(Expression when, JsonNode output, AgentErrorCode error, String message, Duration after, int times) {

    /** One that always fits. */
    static Reply always(JsonNode output) {
        return new Reply(null, output, null, null, Duration.ZERO, Integer.MAX_VALUE);
    }

    /** @throws ExpressionException when that can't be said */
    boolean fits(JsonNode input) throws ExpressionException {
        if (when == null) {
            return true;
        }
        JsonNode holds = when.evaluateFirst(input, Map.of(), Budget.DEFAULT, spent -> {});
        return holds != null && !holds.isNull() && !(holds.isBoolean() && !holds.asBoolean());
    }
}
