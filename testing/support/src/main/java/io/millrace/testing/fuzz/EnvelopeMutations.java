package io.millrace.testing.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.RecordHeader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** CloudEvents envelopes around an event, in the value or in headers, and headers of every other kind. */
final class EnvelopeMutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] VALUES = {
        "",
        "1.0",
        "0.3",
        "task.created",
        "task.updated",
        "com.example.other",
        "/task-service",
        "2026-11-21T09:00:00Z",
        "yesterday",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-\u0000",
        "x".repeat(1_001),
        "\ufeff",
        "2026-11-20T08:00:00Z"
    };
    private static final String[] NAMES = {
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_time",
        "ce_traceparent",
        "content-type",
        "traceparent",
        "correlation_id",
        "error_code",
        "first_seen",
        "source_offset",
        "truncated_from",
        "ü"
    };

    private final Random random;

    EnvelopeMutations(Random random) {
        this.random = random;
    }

    /** The value of a record that carries {@code event} in an envelope; one of binary mode is added to the headers. */
    byte[] wrap(ObjectNode event, List<RecordHeader> headers) {
        List<String> names = new ArrayList<>(List.of("specversion", "id", "source", "type", "time"));
        String[] values = {"1.0", "id-" + random.nextInt(1_000_000), "/s", typeOf(event), "2026-11-20T08:00:00Z"};
        ObjectNode envelope = JSON.createObjectNode();
        boolean binary = random.nextBoolean();
        int spoilt = random.nextInt(10);
        for (int i = 0; i < names.size(); i++) {
            String value = i == spoilt ? pick(VALUES) : values[i];
            if (spoilt == i && random.nextInt(3) == 0) {
                continue;
            }
            if (binary) {
                headers.add(new RecordHeader("ce_" + names.get(i), EventFuzzer.utf8(value)));
            } else {
                envelope.put(names.get(i), value);
            }
        }
        for (String name : List.of("event_id", "event_type", "occurred_at")) {
            if (random.nextBoolean()) {
                event.remove(name);
            }
        }
        if (binary) {
            return EventFuzzer.utf8(event.toString());
        }
        switch (random.nextInt(7)) {
            case 0 -> envelope.put("data", event.toString());
            case 1 ->
                envelope.put("data_base64", Base64.getEncoder().encodeToString(EventFuzzer.utf8(event.toString())));
            case 2 -> envelope.put(random.nextBoolean() ? "data" : "data_base64", pick(VALUES));
            case 3 -> envelope.set("data", JSON.createObjectNode().set("data", event));
            default -> envelope.set("data", event);
        }
        if (random.nextInt(8) == 0) {
            envelope.putNull(pick("specversion", "id", "data", "time", "traceparent"));
        }
        return EventFuzzer.utf8(envelope.toString());
    }

    private static String typeOf(ObjectNode event) {
        return event.path("event_type").asText("task.created");
    }

    void addHeader(List<RecordHeader> headers) {
        int count = random.nextInt(40) == 0 ? 200 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            byte[] value = random.nextInt(8) == 0 ? null : EventFuzzer.utf8(pick(VALUES));
            if (value != null && random.nextInt(8) == 0) {
                random.nextBytes(value);
            }
            headers.add(new RecordHeader(pick(NAMES), value));
        }
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
