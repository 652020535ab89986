package io.millrace.agents.language;

import io.millrace.connectors.agents.java.AgentResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * English, French or Spanish: by the frequencies of letters (as Lingua does) and by words that one of them alone has. Thread-safe;
 * what it knows is loaded at the first text, once per process.
 */
public final class Languages {
    /** By index; what the platform calls them. */
    private static final String[] NAMES = {"en", "fr-CA", "es"};

    private static final String[] FILES = {"en", "fr", "es"};

    /** Longer texts are judged by their beginning. */
    private static final int MAX_CHARACTERS = 2_000;

    /** What a word of one language alone adds to the sum of its logarithms. */
    private static final double WORD = 4;

    /**
     * @param language {@code en}, {@code fr-CA} or {@code es}; null when the text has no word
     * @param confidence from 0 to 1
     */
    public record Guess(String language, double confidence) {
        static final Guess NONE = new Guess(null, 0);
    }

    private static final class Holder {
        static final Frequencies[] FREQUENCIES =
                Arrays.stream(FILES).map(Frequencies::new).toArray(Frequencies[]::new);
        static final Map<String, Integer> WORDS = words();
    }

    private Languages() {}

    private static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (String line : AgentResource.lines(Languages.class, "words.txt")) {
            String[] fields = line.split(":");
            int language = Arrays.asList(FILES).indexOf(fields[0]);
            Arrays.stream(fields[1].strip().split(" +")).forEach(word -> words.put(word, language));
        }
        return words;
    }

    /** The most likely one. */
    public static Guess of(String text) {
        List<String> words = words(text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text);
        if (words.isEmpty()) {
            return Guess.NONE;
        }
        double[] logs = new double[NAMES.length];
        for (String word : words) {
            for (int i = 0; i < logs.length; i++) {
                logs[i] += Holder.FREQUENCIES[i].log(word);
            }
            Integer only = Holder.WORDS.get(word);
            if (only != null) {
                logs[only] += WORD;
            }
        }
        int best = 0;
        for (int i = 1; i < logs.length; i++) {
            best = logs[i] > logs[best] ? i : best;
        }
        double sum = 0;
        for (double log : logs) {
            // The letters of a word are no independent witnesses: each counts for a third.
            sum += Math.exp((log - logs[best]) / 3);
        }
        return new Guess(NAMES[best], 1 / sum);
    }

    /** In small letters; without tokens, addresses and whatever else has digits or signs inside. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : text.toLowerCase(Locale.ROOT).split("[\\s\\u00A0\\u202F]+")) {
            if (part.startsWith("token_") || part.contains("://") || part.indexOf('@') >= 0) {
                continue;
            }
            StringBuilder word = new StringBuilder();
            for (int i = 0; i <= part.length(); i++) {
                char c = i == part.length() ? ' ' : part.charAt(i);
                if (Character.isLetter(c) && c < 0x250) {
                    word.append(c);
                } else if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            }
        }
        return words;
    }
}
