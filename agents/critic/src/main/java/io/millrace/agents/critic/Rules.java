package io.millrace.agents.critic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Patterns of {@code rules.tsv} over folded texts. RE2/J: linear in the text, whatever it is. */
final class Rules {
    /** So much before a match may say that it is none. */
    private static final int BEFORE = 24;

    /**
     * @param unless what the place of a match must not look like; null for anything
     */
    record Rule(String id, CriticClass of, double score, Pattern pattern, Pattern unless) {
        boolean matches(String folded) {
            Matcher matcher = pattern.matcher(folded);
            for (int from = 0; from <= folded.length() && matcher.find(from); from = matcher.end() + 1) {
                String place = folded.substring(Math.max(0, matcher.start() - BEFORE), matcher.end());
                if (unless == null || !unless.matcher(place).find()) {
                    return true;
                }
            }
            return false;
        }
    }

    private final List<Rule> rules;

    Rules(List<String> lines) {
        Map<String, String> names = new LinkedHashMap<>();
        List<Rule> read = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (line.startsWith("@")) {
                names.put(fields[0].substring(1), fields[1]);
            } else {
                Pattern unless = fields.length < 6 ? null : Pattern.compile(fields[5]);
                read.add(new Rule(
                        fields[0],
                        CriticClass.of(fields[1]),
                        Double.parseDouble(fields[3]),
                        Pattern.compile(named(fields[4], names)),
                        unless));
            }
        }
        rules = List.copyOf(read);
    }

    private static String named(String pattern, Map<String, String> names) {
        String full = pattern;
        for (Map.Entry<String, String> name : names.entrySet()) {
            full = full.replace("<" + name.getKey() + ">", name.getValue());
        }
        return full;
    }

    List<Rule> all() {
        return rules;
    }

    /** The rules of these classes that match one of a text's readings. */
    List<Rule> matching(Collection<String> readings, Collection<CriticClass> classes) {
        return rules.stream()
                .filter(rule -> classes.contains(rule.of()))
                .filter(rule -> readings.stream().anyMatch(rule::matches))
                .toList();
    }
}
