package io.millrace.logic.recurrence;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** RRULEs that the grammar and the table of RFC 5545 §3.3.10 allow; the same for the same seed. */
final class RandomRules {

    private static final List<Frequency> FREQUENCIES = List.of(Frequency.values());
    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    LocalDateTime start() {
        return LocalDateTime.of(2019 + random.nextInt(8), 1, 1, random.nextInt(24), random.nextInt(60))
                .plusDays(random.nextInt(366));
    }

    String rule() {
        Frequency frequency = FREQUENCIES.get(random.nextInt(FREQUENCIES.size()));
        StringBuilder rule = new StringBuilder("FREQ=" + frequency);
        if (chance(2)) {
            rule.append(";INTERVAL=").append(1 + random.nextInt(frequency.withinDay() ? 200 : 4));
        }
        int given = rule.length();
        boolean weekNumbers = frequency == Frequency.YEARLY && chance(4);
        if (chance(3)) {
            rule.append(";BYMONTH=").append(numbers(1, 12, false));
        }
        if (weekNumbers) {
            rule.append(";BYWEEKNO=").append(numbers(1, 53, true));
        }
        if ((frequency == Frequency.YEARLY || frequency.withinDay()) && chance(5)) {
            rule.append(";BYYEARDAY=").append(numbers(1, 366, true));
        }
        if (frequency != Frequency.WEEKLY && chance(3)) {
            rule.append(";BYMONTHDAY=").append(numbers(1, 31, true));
        }
        if (chance(2)) {
            boolean ordinals = frequency == Frequency.MONTHLY || (frequency == Frequency.YEARLY && !weekNumbers);
            rule.append(";BYDAY=").append(weekdays(ordinals));
        }
        if (chance(3)) {
            rule.append(";BYHOUR=").append(numbers(0, 23, false));
        }
        if (chance(3)) {
            rule.append(";BYMINUTE=").append(numbers(0, 59, false));
        }
        if (rule.length() > given && chance(4)) {
            rule.append(";BYSETPOS=").append(numbers(1, 5, true));
        }
        if (chance(3)) {
            rule.append(";WKST=").append(WEEKDAYS.get(random.nextInt(7)));
        }
        return rule.toString();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String numbers(int first, int last, boolean signed) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> first + random.nextInt(last - first + 1))
                .map(number -> signed && chance(3) ? -number : number)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    private String weekdays(boolean ordinals) {
        return Stream.generate(() -> WEEKDAYS.get(random.nextInt(7)))
                .limit(1 + random.nextInt(4))
                .map(day -> ordinals && chance(2) ? (chance(3) ? "-" : "") + (1 + random.nextInt(5)) + day : day)
                .distinct()
                .collect(Collectors.joining(","));
    }
}
