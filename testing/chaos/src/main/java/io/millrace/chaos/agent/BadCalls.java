package io.millrace.chaos.agent;

import io.millrace.chaos.workload.Event;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Calls as broken producers write them. */
final class BadCalls {
    private static final int KINDS = 11;

    private BadCalls() {}

    /** @param call that is good as it is */
    static Event any(Random random, String callKey, Event call) {
        switch (random.nextInt(KINDS)) {
            case 0 -> {
                return Event.raw(callKey, null);
            }
            case 1 -> {
                return Event.raw(callKey, "call me".getBytes(StandardCharsets.UTF_8));
            }
            case 2 -> {
                return Event.raw(callKey, new byte[] {'{', (byte) 0xff, '}'});
            }
            case 3 -> call.json().remove("agent");
            case 4 -> call.json().remove("call_key");
            case 5 -> call.json().put("timeout_ms", 0);
            case 6 -> call.json().put("timeout_ms", 10).put("deadline", "2026-12-01T08:00:00Z");
            case 7 -> call.with("cache", "sometimes");
            case 8 -> call.json().put("schema_version", 99);
            case 9 -> call.with("event_type", "agent.called");
            default -> call.with("reply_to", "task-events");
        }
        return call;
    }
}
