package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Snooze;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Reads and checks the fields of a task and of a snooze. */
final class FieldReader {
    private static final Set<String> FIELDS = Set.of(
            "title", "description", "priority", "tags", "due_at", "time_zone", "remind_before_minutes", "recurrence");
    private static final Set<String> PRIORITIES = Set.of("P1", "P2", "P3", "P4");
    private static final int LARGEST_MINUTES = 525_600;

    private final JsonNode event;
    private final Verdict verdict;

    FieldReader(JsonNode event, Verdict verdict) {
        this.event = event;
        this.verdict = verdict;
    }

    boolean givesAny() {
        return FIELDS.stream().anyMatch(event::has);
    }

    Changes changes(boolean creation, boolean occurrence) {
        title(creation);
        text("description", 0, 10_000);
        if (given("priority") && !PRIORITIES.contains(event.get("priority").asText())) {
            verdict.bad("priority is none of P1 to P4");
        }
        tags();
        if (creation) {
            for (String field : FIELDS) {
                if (event.path(field).isNull() && !field.equals("remind_before_minutes")) {
                    verdict.either(field + " is null at creation");
                }
            }
        }
        ZoneId zone = given("time_zone") ? zone() : null;
        DueDate due = given("due_at") ? due("due_at") : null;
        if (creation && due != null && due.local() != null && zone == null) {
            verdict.bad("due_at is local, without a time_zone");
        }
        List<Integer> minutes = event.has("remind_before_minutes") ? minutes(event.get("remind_before_minutes")) : null;
        Changes.RecurrenceHint recurrence =
                given("recurrence") ? recurrence(event.get("recurrence"), occurrence) : null;
        return new Changes(
                event.has("due_at"), due, event.has("time_zone"), zone, minutes, event.has("recurrence"), recurrence);
    }

    private boolean given(String field) {
        return event.has(field) && !event.get(field).isNull();
    }

    private void title(boolean creation) {
        if (creation && !event.has("title")) {
            verdict.bad("title is missing");
        } else if (event.path("title").isNull()) {
            verdict.bad("title may not be cleared");
        }
        text("title", 1, 500);
    }

    private void text(String field, int shortest, int longest) {
        if (given(field)) {
            text(field, event.get(field), shortest, longest);
        }
    }

    private void text(String field, JsonNode value, int shortest, int longest) {
        if (!value.isTextual()) {
            verdict.bad(field + " is no text");
            return;
        }
        String text = value.textValue();
        if (text.length() < shortest || text.codePointCount(0, text.length()) > longest) {
            verdict.bad(field + " has a wrong length");
        } else if (text.length() > longest) {
            verdict.either(field + " is too long in UTF-16 only");
        } else if (shortest > 0 && text.isBlank()) {
            verdict.either(field + " is blank");
        }
    }

    private void tags() {
        if (!given("tags")) {
            return;
        }
        JsonNode tags = event.get("tags");
        if (!tags.isArray() || tags.size() > 50) {
            verdict.bad("tags are no list of at most 50");
            return;
        }
        tags.forEach(tag -> text("tags", tag, 1, 100));
    }

    private ZoneId zone() {
        JsonNode zone = event.get("time_zone");
        if (!zone.isTextual()) {
            verdict.bad("time_zone is no text");
            return null;
        }
        return DateTexts.zone(zone.textValue(), verdict);
    }

    private DueDate due(String field) {
        JsonNode due = event.get(field);
        if (!due.isTextual()) {
            verdict.bad(field + " is no text");
            return null;
        }
        return DateTexts.due(field, due.textValue(), verdict);
    }

    private List<Integer> minutes(JsonNode value) {
        List<Integer> minutes = new ArrayList<>();
        if (value.isNull()) {
            return minutes;
        }
        if (value.isArray() && value.size() > 20) {
            verdict.bad("remind_before_minutes are more than 20");
        } else if (value.isArray()) {
            value.forEach(each -> addMinutes(each, minutes));
        } else {
            addMinutes(value, minutes);
        }
        if (minutes.stream().distinct().count() < minutes.size()) {
            verdict.either("remind_before_minutes has one twice");
        }
        return minutes.stream().distinct().sorted(Collections.reverseOrder()).toList();
    }

    private void addMinutes(JsonNode value, List<Integer> minutes) {
        Integer number = integer("remind_before_minutes", value, 0, LARGEST_MINUTES);
        if (number != null) {
            minutes.add(number);
        }
    }

    /** The number, or null when it is none between the bounds. */
    private Integer integer(String field, JsonNode value, int smallest, int largest) {
        if (!value.isNumber()) {
            verdict.bad(field + " is no number");
            return null;
        }
        double number = value.doubleValue();
        if (number != Math.rint(number) || number < smallest || number > largest) {
            verdict.bad(field + " is no integer from " + smallest + " to " + largest);
            return null;
        }
        if (!value.isIntegralNumber()) {
            verdict.either(field + " is an integer written as a fraction");
        }
        return (int) number;
    }

    private Changes.RecurrenceHint recurrence(JsonNode recurrence, boolean occurrence) {
        if (!recurrence.isObject()) {
            verdict.bad("recurrence is no object");
            return null;
        }
        if (occurrence) {
            verdict.bad("recurrence is given to an occurrence");
        }
        int rules = 0;
        for (String kind : List.of("rule", "cron", "every")) {
            rules += recurrence.hasNonNull(kind) ? 1 : 0;
        }
        if (rules != 1) {
            verdict.bad("recurrence has not exactly one of rule, cron and every");
        }
        // Whether the rule can be read and ever matches is for a recurrence engine, which the auditor is not.
        verdict.either("recurrence is not checked");
        boolean plain =
                List.of("exdates", "dst_gap", "dst_overlap", "dtstart").stream().noneMatch(recurrence::has);
        Duration catchUp = null;
        if (recurrence.hasNonNull("catch_up")) {
            try {
                catchUp = Duration.parse(recurrence.get("catch_up").asText());
            } catch (DateTimeParseException e) {
                catchUp = Duration.ZERO;
            }
        }
        return new Changes.RecurrenceHint(recurrence.path("overlap").asText().equals("replace"), plain, catchUp);
    }

    /** What a {@code reminder.snoozed} asks for, or null when it can't be told. */
    Snooze snooze() {
        boolean minutes = given("snooze_minutes");
        boolean until = given("snooze_until");
        if (minutes == until) {
            if (minutes) {
                verdict.either("snooze_minutes and snooze_until are both given");
            } else {
                verdict.bad("snooze_minutes and snooze_until are missing");
            }
            return null;
        }
        if (minutes) {
            Integer number = integer("snooze_minutes", event.get("snooze_minutes"), 1, LARGEST_MINUTES);
            return number == null ? null : new Snooze(number, null);
        }
        DueDate moment = due("snooze_until");
        return moment == null ? null : new Snooze(0, moment);
    }
}
