package io.millrace.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;

/** Records as broken producers write them, of every kind that becomes a dead letter at once. */
final class BadRecords {

    private static final int KINDS = 9;

    private BadRecords() {}

    static SampleEvent any(Random random, Company.Person person, String taskId, Instant now) {
        ObjectNode event = SampleEvent.envelope(random, "task.created", person, taskId, now);
        event.put("title", "Written by a broken producer");
        switch (random.nextInt(KINDS)) {
            case 0 -> {
                return SampleEvent.text(person, event.toString().substring(0, 60));
            }
            case 1 -> {
                return SampleEvent.text(person, "Subject: out of office");
            }
            case 2 -> event.remove("title");
            case 3 -> event.put("schema_version", 99);
            case 4 -> event.put("event_type", "task.exploded");
            case 5 -> event.put("due_at", "next Tuesday");
            case 6 -> event.put("remind_before_minutes", "an hour");
            case 7 -> event.putObject("recurrence").put("rule", "FREQ=SOMETIMES");
            default -> {
                return new SampleEvent(person.userId(), null);
            }
        }
        return SampleEvent.of(person, event);
    }
}
