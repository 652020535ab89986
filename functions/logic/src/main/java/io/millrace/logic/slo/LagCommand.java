package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloStatus;

/**
 * What is told of a group and a topic: an alert, a status, or that they are not there any more.
 *
 * @param key of the group and the topic
 * @param alert null when it is none
 * @param status null when it is none; both are null of what is not there any more
 */
public record LagCommand(String key, SloAlert alert, SloStatus status) {

    static LagCommand of(String key, SloAlert alert) {
        return new LagCommand(key, alert, null);
    }

    static LagCommand of(String key, SloStatus status) {
        return new LagCommand(key, null, status);
    }

    static LagCommand gone(String key) {
        return new LagCommand(key, null, null);
    }

    public boolean isGone() {
        return alert == null && status == null;
    }
}
