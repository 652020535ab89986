package io.millrace.agents.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * French and Spanish word by word in English, for a model that knows English only. No translation: the order stays, endings go,
 * of several meanings one is taken, and a word that {@code glosses.tsv} does not have is left as it is. Likeness of meanings
 * survives that better than it survives another language. Linear in the text.
 */
public final class Glosses {
    private static final int LONGEST_PHRASE = 5;
    private static final int SHORTEST_BEGINNING = 2;
    private static final Map<String, Glosses> LANGUAGES = Map.of("fr", new Glosses(1), "es", new Glosses(2));

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> beginnings = new HashMap<>();

    private Glosses(int column) {
        for (String line : lines()) {
            String[] fields = line.split("\t", -1);
            String english = fields[0].equals("-") ? "" : fields[0].split("_")[0];
            for (String said : fields[column].strip().split(" +")) {
                String word = said.endsWith("_") ? said.substring(0, said.length() - 1) : said;
                if (word.endsWith("*")) {
                    beginnings.putIfAbsent(word.substring(0, word.length() - 1), english);
                } else if (!word.isEmpty()) {
                    words.putIfAbsent(word.replace('_', ' '), english);
                }
            }
        }
    }

    private static List<String> lines() {
        try (InputStream file = Glosses.class.getResourceAsStream("glosses.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param language BCP 47; of others than French and Spanish the text is given back */
    public static String english(String text, String language) {
        Glosses glosses = language == null || language.length() < 2 ? null : LANGUAGES.get(language.substring(0, 2));
        return glosses == null ? text : glosses.of(text);
    }

    private String of(String text) {
        List<String> found = pieces(text);
        StringBuilder english = new StringBuilder(text.length());
        for (int place = 0; place < found.size(); ) {
            int length = Math.min(LONGEST_PHRASE, found.size() - place);
            String gloss = null;
            while (gloss == null && length > 0) {
                gloss = words.get(String.join(" ", found.subList(place, place + length)));
                length -= gloss == null ? 1 : 0;
            }
            String said = gloss == null ? byBeginning(found.get(place)) : gloss;
            place += Math.max(1, length);
            if (!said.isEmpty()) {
                english.append(english.isEmpty() ? "" : " ").append(said);
            }
        }
        return english.toString();
    }

    private String byBeginning(String word) {
        for (int end = word.length(); end >= SHORTEST_BEGINNING; end--) {
            String gloss = beginnings.get(word.substring(0, end));
            if (gloss != null) {
                return gloss;
            }
        }
        return word;
    }

    /** Words folded, and each other sign that can be seen. */
    private static List<String> pieces(String text) {
        String bare = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        List<String> pieces = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= bare.length(); i++) {
            char c = i == bare.length() ? ' ' : bare.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '_') {
                word.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                if (!word.isEmpty()) {
                    pieces.add(word.toString());
                    word.setLength(0);
                }
                if (!Character.isWhitespace(c) && "'’-".indexOf(c) < 0) {
                    pieces.add(String.valueOf(c));
                }
            }
        }
        return pieces;
    }
}
