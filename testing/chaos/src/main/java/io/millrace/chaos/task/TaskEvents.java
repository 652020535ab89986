package io.millrace.chaos.task;

import io.millrace.chaos.workload.Event;
import java.util.UUID;

/** Events of tasks, as far as all of them are alike. */
final class TaskEvents {
    private TaskEvents() {}

    static Event of(String type, UUID id, String user, String task) {
        return of(type, id, user, task, Event.Dates.NONE);
    }

    static Event of(String type, UUID id, String user, String task, Event.Dates dates) {
        return Event.of(user, type, id, dates).with("user_id", user).with("task_id", task);
    }
}
