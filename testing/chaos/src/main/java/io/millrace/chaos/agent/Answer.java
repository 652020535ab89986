package io.millrace.chaos.agent;

/**
 * The first result of a call.
 *
 * @param status by its name on the topic
 * @param error its code; null for none
 * @param answeredBy null when no agent did
 * @param value what the agent said; null when it is not a number
 */
record Answer(String status, String error, String answeredBy, boolean cached, Integer value) {

    boolean isOk() {
        return status.equals("OK");
    }
}
