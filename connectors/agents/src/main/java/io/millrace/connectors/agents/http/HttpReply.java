package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.RetryAfter;
import io.millrace.connectors.agents.StatusAnswers;
import java.net.http.HttpHeaders;

/**
 * What a server answered.
 *
 * @param body at most as much as was asked for
 * @param whole whether that is all of the body
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body, boolean whole) {
    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /**
     * The answer that a status other than 2xx is.
     *
     * @param detail what the message says besides; may be empty
     */
    public AgentAnswer refusal(String detail) {
        return StatusAnswers.of(status, retryAfterMs(), "HTTP status " + status + detail);
    }

    /** How long the server asks to be left alone; 0 when it does not say. */
    long retryAfterMs() {
        return RetryAfter.millis(headers::firstValue, System.currentTimeMillis());
    }
}
