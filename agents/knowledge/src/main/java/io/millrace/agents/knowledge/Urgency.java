package io.millrace.agents.knowledge;

import io.millrace.connectors.agents.java.AgentResource;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * How soon a person is to answer: P1 where somebody may be hurt, robbed or go to court, P2 where somebody asked for a person
 * or loses patience, P3 otherwise, P4 where nobody minds. By what was said, in any of the languages: customers mix them.
 */
final class Urgency {
    private static final List<String> DANGER = words("urgent_p1.txt");
    private static final List<String> IMPATIENCE = words("urgent_p2.txt");

    private Urgency() {}

    static String of(String reason, String text, List<Said> history) {
        StringBuilder said = new StringBuilder(" ").append(folded(text));
        history.stream().filter(Said::isOfCustomer).forEach(one -> said.append(' ')
                .append(folded(one.text())));
        String all = said.append(' ').toString();
        if (has(all, DANGER)) {
            return "P1";
        }
        if (has(all, IMPATIENCE) || reason.equals("customer_asked") || reason.equals("complaint")) {
            return "P2";
        }
        return reason.equals("out_of_scope") || reason.equals("feedback") ? "P4" : "P3";
    }

    private static boolean has(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }

    /** Words without accents, each between single spaces. */
    private static String folded(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(plain.length());
        for (int at = 0; at < plain.length(); at++) {
            char c = plain.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                words.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && (words.isEmpty() || words.charAt(words.length() - 1) != ' ')) {
                words.append(' ');
            }
        }
        return words.toString();
    }

    private static List<String> words(String file) {
        return AgentResource.lines(Urgency.class, file).stream()
                .map(line -> " " + folded(line.strip()) + " ")
                .toList();
    }
}
