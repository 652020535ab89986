package io.millrace.testing.fuzz;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values at and beyond the bounds of what fields may hold, and texts that are nearly what a field expects. */
final class StrangeValues {
    private static final List<Object> FIXED = Arrays.asList(
            null,
            true,
            -1,
            0,
            1,
            2,
            525_600,
            525_601,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(400)),
            1e308,
            0.5,
            "",
            " ",
            "\u0000",
            "\u001f",
            "a\u001fb~c",
            "~",
            "t~20261121T090000",
            "t-1~20269999T999999",
            "\u202e\ufeff\ud83d\ude00",
            "\ud83d",
            "9999-12-31T23:59:59Z",
            "0000-00-00T00:00:00Z",
            "2026-02-30T09:00:00",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00Z",
            "2200-12-31T23:59:59.999Z",
            "2200-12-31T23:59:59+18:00",
            "-2026-11-21T09:00:00Z",
            "2026-03-29T02:30:00",
            "2026-10-25T02:30:00",
            "Mars/Olympus",
            "UTC",
            "+18:00",
            "Australia/Lord_Howe",
            "task.created",
            "task.updated",
            "P1",
            "x".repeat(500),
            "x".repeat(501),
            "x".repeat(10_001),
            List.of(),
            List.of(0, -1, 525_601),
            List.of("a", 1, Map.of()),
            Map.of());
    private static final String ALPHABET = "0123456789-+:.TZPDHM,;=*/# abcMOTUWEFRSAY";
    private static final String[] PARTS = {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYDAY",
        "BYMONTHDAY",
        "BYMONTH",
        "BYHOUR",
        "BYMINUTE",
        "BYSETPOS",
        "BYWEEKNO",
        "BYYEARDAY",
        "WKST",
        "BYSECOND",
        "X-NAME"
    };
    private static final String[] FREQUENCIES = {
        "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "NEVER"
    };
    private static final String[] NUMBERS = {
        "1",
        "2",
        "-1",
        "0",
        "31",
        "30",
        "53",
        "-366",
        "366",
        "99",
        "2147483647",
        "2147483648",
        "1,15,-1",
        "MO",
        "1MO,-1SU",
        "53MO",
        "20270101T000000Z",
        "19700101",
        "22001231T235959Z",
        "",
        ","
    };

    private final Random random;

    StrangeValues(Random random) {
        this.random = random;
    }

    Object any() {
        return switch (random.nextInt(6)) {
            case 0 -> dateTime();
            case 1 -> noise(1 + random.nextInt(30));
            case 2 -> random.nextInt(1_000_000) - 500_000;
            default -> FIXED.get(random.nextInt(FIXED.size()));
        };
    }

    String dateTime() {
        StringBuilder text = new StringBuilder("2026-11-21T09:00:00");
        int kind = random.nextInt(4);
        if (kind == 0) {
            text.setLength(random.nextInt(text.length()));
        } else if (kind == 1) {
            text.setCharAt(random.nextInt(text.length()), ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        } else if (kind == 2) {
            text.append('.').append("0".repeat(random.nextInt(12))).append(random.nextInt(100));
        } else {
            text.replace(0, 4, Integer.toString(1960 + random.nextInt(250)));
        }
        return text
                + new String[] {"", "Z", "+01:00", "+23:59", "-18:00", "z", "+1", "[Europe/Paris]"}[random.nextInt(8)];
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(10) == 0
                            ? (char) random.nextInt(0x300)
                            : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A recurrence, by chance one that can be followed. */
    Map<String, Object> recurrence() {
        Map<String, Object> recurrence = new LinkedHashMap<>();
        switch (random.nextInt(6)) {
            case 0 -> recurrence.put("cron", cron());
            case 1 -> recurrence.put("every", pick("daily", "weekly", "monthly", "yearly", "century", "Daily"));
            default -> recurrence.put("rule", rule());
        }
        if (random.nextInt(3) == 0) {
            recurrence.put("next", pick("on_schedule", "on_completion", "never"));
            recurrence.put("overlap", pick("allow", "skip", "replace", "both"));
        }
        if (random.nextInt(4) == 0) {
            recurrence.put("catch_up", pick("PT0S", "P366D", "P367D", "-P1D", "P99999999D", "PT1.5S", "P1Y", "1d"));
        }
        if (random.nextInt(4) == 0) {
            recurrence.put("dtstart", dateTime());
        }
        if (random.nextInt(5) == 0) {
            int dates = random.nextInt(10) == 0 ? 501 : random.nextInt(4);
            recurrence.put(
                    pick("exdates", "rdates"),
                    random.ints(dates, 1, 29)
                            .mapToObj("2026-12-%02dT09:00:00"::formatted)
                            .toList());
        }
        if (random.nextInt(6) == 0) {
            recurrence.put(pick("dst_gap", "dst_overlap", "cron", "unknown"), any());
        }
        return recurrence;
    }

    private String rule() {
        StringBuilder rule = new StringBuilder(random.nextInt(10) == 0 ? "RRULE:" : "");
        rule.append("FREQ=").append(pick(FREQUENCIES));
        for (int i = random.nextInt(5); i > 0; i--) {
            rule.append(';').append(pick(PARTS)).append('=').append(pick(NUMBERS));
        }
        if (random.nextInt(60) == 0) {
            rule.append(";BYDAY=").append("MO,".repeat(400)).append("TU");
        }
        return rule.toString();
    }

    private String cron() {
        StringBuilder cron = new StringBuilder();
        int fields = random.nextInt(12) == 0 ? random.nextInt(8) : 5;
        for (int i = 0; i < fields; i++) {
            cron.append(i == 0 ? "" : " ")
                    .append(pick("*", "*", "0", "1", "31", "*/7", "1-5", "MON-FRI", "99", "9#2", "L", "?", "1,2,3"));
        }
        return cron.toString();
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
