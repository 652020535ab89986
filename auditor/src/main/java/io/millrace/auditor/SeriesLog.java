package io.millrace.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the topics hold of one series, or of one task that does not recur; each list in the order of its topic. */
final class SeriesLog {
    private final List<EventRecord> events = new ArrayList<>();
    private final Map<String, List<ReminderRecord>> reminders = new HashMap<>();
    private final Map<String, List<UpdateRecord>> updates = new HashMap<>();

    void add(EventRecord event) {
        events.add(event);
    }

    void add(ReminderRecord reminder) {
        reminders.computeIfAbsent(reminder.taskId(), task -> new ArrayList<>()).add(reminder);
    }

    void add(UpdateRecord update) {
        updates.computeIfAbsent(update.taskId(), task -> new ArrayList<>()).add(update);
    }

    List<EventRecord> events() {
        return events;
    }

    /** By task. */
    Map<String, List<ReminderRecord>> reminders() {
        return reminders;
    }

    /** By task. */
    Map<String, List<UpdateRecord>> updates() {
        return updates;
    }
}
