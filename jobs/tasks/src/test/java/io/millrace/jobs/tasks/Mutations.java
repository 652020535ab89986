package io.millrace.jobs.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Seeded mutations of valid events: everything that broken or hostile producers write. */
final class Mutations {
    private static final List<Object> ABSURD_VALUES = Arrays.asList(
            null,
            true,
            -1,
            0,
            1,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(400)),
            1e308,
            "",
            " ",
            "\u0000",
            "\u001f",
            "a\u001fb~c",
            "~",
            "t~20261121T090000",
            "t~20269999T999999",
            "\u202e\ufeff\ud83d\ude00",
            "9999-12-31T23:59:59Z",
            "0000-00-00T00:00:00Z",
            "2026-02-30T09:00:00",
            "1969-12-31T23:59:59Z",
            "2200-12-31T23:59:59+18:00",
            "-2026-11-21T09:00:00Z",
            "Mars/Olympus",
            "UTC",
            "+18:00",
            "task.created",
            "x".repeat(501),
            List.of(),
            List.of(0, -1, 525_601),
            List.of("a", 1, Map.of()),
            Map.of());
    private static final List<Object> ABSURD_RECURRENCES = List.of(
            Map.of("rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            Map.of("rule", "FREQ=SECONDLY"),
            Map.of("rule", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6"),
            Map.of("rule", "FREQ=DAILY;COUNT=999999999"),
            Map.of("rule", "FREQ=DAILY;INTERVAL=2147483647"),
            Map.of("rule", "FREQ=MONTHLY;BYDAY=" + "MO,".repeat(300) + "TU"),
            Map.of("rule", "FREQ=DAILY;UNTIL=19700101T000000Z"),
            Map.of("rule", "FREQ=MINUTELY;BYSETPOS=-366"),
            Map.of("rule", "RRULE:RRULE:FREQ=DAILY"),
            Map.of("rule", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"),
            Map.of("cron", "0 0 30 2 *"),
            Map.of("cron", "* * * * *"),
            Map.of("cron", "0 0 31 2,4,6,9,11 *"),
            Map.of("cron", "99 99 99 99 99"),
            Map.of("cron", "0 9 * * MON#9"),
            Map.of("every", "century"),
            Map.of("every", "daily", "cron", "0 9 * * *"),
            Map.of("every", "daily", "catch_up", "P99999999D"),
            Map.of("every", "daily", "catch_up", "-P1D"),
            Map.of("every", "daily", "exdates", List.of("2026-11-21T09:00:00Z", 7)),
            Map.of("every", "yearly", "dtstart", "2199-02-29T00:00:00"),
            Map.of(
                    "rule",
                    "FREQ=DAILY",
                    "next",
                    "on_schedule",
                    "overlap",
                    "replace",
                    "dtstart",
                    "1970-01-01T00:00:00"));

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** The next record's value; may be null. */
    byte[] next(String user, int number) {
        EventJson valid = valid(user, "t-" + number);
        return switch (random.nextInt(12)) {
            case 0 -> flipped(valid.bytes());
            case 1 -> Arrays.copyOf(valid.bytes(), random.nextInt(valid.bytes().length));
            case 2, 3 -> absurdField(valid).bytes();
            case 4 -> missingField(valid).bytes();
            case 5 -> recurring(valid).bytes();
            case 6 -> encoded(valid);
            case 7 -> duplicateKey(valid);
            case 8 -> nested(valid);
            case 9 -> text(valid, "\"\\ud83d" + (random.nextBoolean() ? "x" : "\\ud83d") + "\"");
            case 10 -> text(valid, strange());
            default -> raw();
        };
    }

    private EventJson valid(String user, String task) {
        return EventJson.created(user, task)
                .with("event_id", new UUID(random.nextLong(), random.nextLong()).toString())
                .with("occurred_at", "2026-11-21T09:00:00Z")
                .due(Instant.parse("2027-03-01T09:00:00Z"))
                .with("time_zone", "Europe/Paris")
                .with("priority", "P2")
                .with("tags", List.of("home"))
                .with("remind_before_minutes", List.of(60, 0))
                .with("correlation_id", "c-1");
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private EventJson absurdField(EventJson event) {
        List<String> fields = fields(event);
        Object value = ABSURD_VALUES.get(random.nextInt(ABSURD_VALUES.size()));
        return event.with(fields.get(random.nextInt(fields.size())), value);
    }

    private EventJson missingField(EventJson event) {
        List<String> fields = fields(event);
        return event.without(fields.get(random.nextInt(fields.size())));
    }

    private static List<String> fields(EventJson event) {
        List<String> fields = new ArrayList<>();
        event.json().fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private EventJson recurring(EventJson event) {
        return event.with("recurrence", ABSURD_RECURRENCES.get(random.nextInt(ABSURD_RECURRENCES.size())));
    }

    private byte[] encoded(EventJson event) {
        List<Charset> charsets = List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32"));
        String json = event.with("title", "Überweisung für Zoë").json().toString();
        return random.nextInt(3) == 0
                ? json.getBytes(StandardCharsets.ISO_8859_1)
                : json.getBytes(charsets.get(random.nextInt(charsets.size())));
    }

    private byte[] duplicateKey(EventJson event) {
        List<String> fields = fields(event);
        String field = fields.get(random.nextInt(fields.size()));
        ObjectNode json = event.json();
        String text = json.toString();
        return utf8(text.substring(0, text.length() - 1) + ",\"" + field + "\":" + json.get(field) + "}");
    }

    private byte[] nested(EventJson event) {
        int depth = 10 + random.nextInt(5_000);
        return random.nextBoolean()
                ? text(event, "[".repeat(depth) + "]".repeat(depth))
                : text(event, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    /** The event with one more field of that JSON text, known or not. */
    private byte[] text(EventJson event, String value) {
        String field = random.nextBoolean() ? "description" : "extra";
        String text = event.json().toString();
        return utf8(text.substring(0, text.length() - 1) + ",\"" + field + "\":" + value + "}");
    }

    private String strange() {
        return switch (random.nextInt(6)) {
            case 0 -> "\"" + "0".repeat(200_000) + "\"";
            case 1 -> "1" + "0".repeat(2_000);
            case 2 -> "-1e" + "9".repeat(50);
            case 3 -> "\"\\u0000\\u0007\"";
            case 4 -> "[" + "0,".repeat(50_000) + "0]";
            default -> "\"" + UUID.randomUUID() + "\" /* comment */";
        };
    }

    private byte[] raw() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[1 + random.nextInt(3)];
            case 3 -> utf8("null");
            case 4 -> utf8("[]");
            case 5 -> utf8("{}");
            case 6 -> new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0};
            default -> {
                byte[] noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
