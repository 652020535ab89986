package io.millrace.agents.critic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the words of a text mean, as far as {@code meanings.tsv} has them: the same in English, French and Spanish. A lookup
 * tries the beginnings of a word, at most {@value #LONGEST} of them, so that it is linear in the text.
 */
final class Meanings {
    private static final int LONGEST = 24;

    /** What stands at a place, the number of a word: a meaning, by the number of its line. */
    record Sense(int place, int meaning) {}

    /** The words that follow the first, each with whether any ending will do. */
    private record Entry(int meaning, String[] words) {}

    private final Map<String, List<Entry>> words = new HashMap<>();
    private final Map<String, List<Entry>> beginnings = new HashMap<>();

    /** @param lines a meaning, a tab, and its words with blanks between */
    Meanings(List<String> lines) {
        int meanings = 0;
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            int meaning = meanings++;
            for (String said : fields[1].split(" ")) {
                String[] parts = said.split("_");
                boolean open = parts[0].endsWith("*");
                String first = open ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
                (open ? beginnings : words)
                        .computeIfAbsent(first, none -> new ArrayList<>(1))
                        .add(new Entry(meaning, Arrays.copyOfRange(parts, 1, parts.length)));
            }
        }
    }

    /** In the order of the words; of one meaning at one place once. */
    List<Sense> of(List<String> text) {
        List<Sense> senses = new ArrayList<>();
        for (int place = 0; place < text.size(); place++) {
            String word = text.get(place);
            int before = senses.size();
            add(words.get(word), text, place, before, senses);
            for (int end = 2; end <= Math.min(word.length(), LONGEST); end++) {
                add(beginnings.get(word.substring(0, end)), text, place, before, senses);
            }
        }
        return senses;
    }

    private static void add(List<Entry> entries, List<String> text, int place, int before, List<Sense> senses) {
        if (entries == null) {
            return;
        }
        for (Entry entry : entries) {
            Sense sense = new Sense(place, entry.meaning());
            if (follow(entry.words(), text, place + 1)
                    && !senses.subList(before, senses.size()).contains(sense)) {
                senses.add(sense);
            }
        }
    }

    private static boolean follow(String[] words, List<String> text, int place) {
        if (place + words.length > text.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean open = word.endsWith("*");
            String found = text.get(place + i);
            if (open ? !found.startsWith(word.substring(0, word.length() - 1)) : !found.equals(word)) {
                return false;
            }
        }
        return true;
    }
}
