package io.millrace.schema.task;

import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Zones;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what an event says of a task's fields: given, cleared by null, or left alone. */
final class TaskFieldsReader {
    private static final int MAX_TITLE = 500;
    private static final int MAX_DESCRIPTION = 10_000;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG = 100;
    private static final int MAX_REMINDERS = 20;

    /** As in {@link TaskFields#given()}. */
    private int given;

    private String title;
    private String description;
    private Priority priority;
    private List<String> tags;
    private DueDate due;
    private ZoneId zone;
    private List<Integer> remindBefore;
    private Recurrence recurrence;

    TaskFields fields() {
        if (given == 0) {
            return TaskFields.NONE;
        }
        return new TaskFields(given, title, description, priority, tags, due, zone, remindBefore, recurrence);
    }

    /** Reads the value of {@code name}; does nothing when it is no field of a task. */
    void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "title" -> {
                once(TaskFields.TITLE, name, json);
                if (json.isNull()) {
                    throw json.invalid(name, "may not be cleared");
                }
                title = json.string(name, 1, MAX_TITLE);
            }
            case "description" -> {
                if (present(TaskFields.DESCRIPTION, name, json)) {
                    description = json.string(name, 0, MAX_DESCRIPTION);
                }
            }
            case "priority" -> {
                if (present(TaskFields.PRIORITY, name, json)) {
                    priority = priority(name, json);
                }
            }
            case "tags" -> {
                if (present(TaskFields.TAGS, name, json)) {
                    tags = tags(name, json);
                }
            }
            case "due_at" -> {
                if (present(TaskFields.DUE, name, json)) {
                    due = TaskEventReader.dueDate(name, json);
                }
            }
            case "time_zone" -> {
                if (present(TaskFields.ZONE, name, json)) {
                    zone = zone(name, json);
                }
            }
            case "remind_before_minutes" -> {
                if (present(TaskFields.REMIND_BEFORE, name, json)) {
                    remindBefore = remindBefore(name, json);
                }
            }
            case "recurrence" -> {
                if (present(TaskFields.RECURRENCE, name, json)) {
                    recurrence = RecurrenceReader.read(json);
                }
            }
            default -> {
                // Unknown fields are ignored.
            }
        }
    }

    private void once(int bit, String field, JsonEvent json) throws RejectedEventException {
        if ((given & bit) != 0) {
            throw json.duplicate(field);
        }
        given |= bit;
    }

    /** Notes that the field is given; false when it is null, which clears it: lists become empty. */
    private boolean present(int bit, String field, JsonEvent json) throws RejectedEventException {
        once(bit, field, json);
        if (!json.isNull()) {
            return true;
        }
        if (bit == TaskFields.TAGS) {
            tags = List.of();
        } else if (bit == TaskFields.REMIND_BEFORE) {
            remindBefore = List.of();
        }
        return false;
    }

    private static Priority priority(String field, JsonEvent json) throws IOException, RejectedEventException {
        return switch (json.string(field, 1, TaskEventReader.MAX_ID)) {
            case "P1" -> Priority.P1;
            case "P2" -> Priority.P2;
            case "P3" -> Priority.P3;
            case "P4" -> Priority.P4;
            default -> throw json.invalid(field, "must be one of P1, P2, P3, P4");
        };
    }

    private static ZoneId zone(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, TaskEventReader.MAX_ID);
        try {
            return Zones.named(name);
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }

    private static List<String> tags(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isArray()) {
            throw json.wrongType(field, "an array of strings");
        }
        List<String> tags = new ArrayList<>(4);
        while (json.nextElement()) {
            if (tags.size() == MAX_TAGS) {
                throw json.invalid(field, "must have at most " + MAX_TAGS + " tags");
            }
            tags.add(json.string(field + "[" + tags.size() + "]", 1, MAX_TAG));
        }
        return tags;
    }

    private static List<Integer> remindBefore(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isArray()) {
            return List.of(json.integer(field, 0, TaskEventReader.MINUTES_PER_YEAR));
        }
        List<Integer> minutes = new ArrayList<>(4);
        int count = 0;
        while (json.nextElement()) {
            if (count++ == MAX_REMINDERS) {
                throw json.invalid(field, "must have at most " + MAX_REMINDERS + " numbers");
            }
            Integer value = json.integer(field + "[" + (count - 1) + "]", 0, TaskEventReader.MINUTES_PER_YEAR);
            if (!minutes.contains(value)) {
                minutes.add(value);
            }
        }
        minutes.sort(Comparator.reverseOrder());
        return minutes;
    }
}
