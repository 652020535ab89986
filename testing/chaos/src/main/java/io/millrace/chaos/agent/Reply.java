package io.millrace.chaos.agent;

import java.util.Map;

/**
 * What an agent does with a request.
 *
 * @param afterMillis how long it takes; {@link #NEVER} when it does not answer
 * @param status of HTTP
 */
record Reply(int afterMillis, int status, String body, Map<String, String> headers) {
    static final int NEVER = -1;

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    static Reply ok(String body) {
        return new Reply(0, OK, body, Map.of());
    }

    static Reply failed(int status) {
        return new Reply(0, status, "{}", Map.of());
    }

    static Reply busy(int retryAfterSeconds) {
        return new Reply(0, TOO_MANY_REQUESTS, "{}", Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    static Reply none() {
        return new Reply(NEVER, 0, "", Map.of());
    }

    Reply after(int millis) {
        return new Reply(millis, status, body, headers);
    }

    /** Says as much of a model's usage as of input as of output. */
    Reply using(long tokens) {
        return new Reply(afterMillis, status, body, Map.of("Millrace-Usage", "input=" + tokens + ", output=" + tokens));
    }
}
