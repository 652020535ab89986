package io.millrace.agents.language;

import static io.millrace.agents.embeddings.Embeddings.likeness;

import com.google.re2j.Pattern;
import io.millrace.agents.embeddings.Embeddings;
import io.millrace.connectors.agents.java.AgentResource;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a text is about: the intent of the exemplars that it is most like ({@code intents.tsv}), and of the words it has
 * ({@code keywords.tsv}). Whether it asks for a person is told by patterns alone ({@code wants-person.tsv}). Thread-safe.
 */
final class Intents implements AutoCloseable {
    static final String WANTS_PERSON = "wants_person";
    static final String OTHER = "other";

    /** What a keyword adds to a likeness. */
    private static final double KEYWORD = 0.25;

    /** What is less like anything is about something else. */
    private static final double LEAST = 0.42;

    private static final int MAX_CHARACTERS = 2_000;

    private record Exemplar(String intent, float[] vector) {}

    private record Word(String id, Pattern pattern) {}

    /** @param score from 0 to 1 */
    record Scored(String intent, double score) {}

    private final Embeddings embeddings = new Embeddings();
    private final List<Word> keywords = words("keywords.tsv");
    private final List<Word> person = words("wants-person.tsv");
    private List<Exemplar> exemplars;

    private static List<Word> words(String file) {
        return AgentResource.lines(Intents.class, file).stream()
                .map(line -> line.split("\t"))
                .map(fields -> new Word(fields[0], Pattern.compile(fields[1])))
                .toList();
    }

    boolean wantsPerson(String text) {
        String folded = folded(text);
        return person.stream().anyMatch(word -> word.pattern().matcher(folded).find());
    }

    /** The likeliest first. */
    List<Scored> of(String text) {
        String folded = folded(text);
        float[] vector = embeddings.of(text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text);
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Exemplar exemplar : exemplars()) {
            scores.merge(exemplar.intent(), (double) likeness(vector, exemplar.vector()), Math::max);
        }
        scores.put(WANTS_PERSON, 0.0);
        scores.merge(OTHER, LEAST, Math::max);
        for (Word word : keywords) {
            if (word.pattern().matcher(folded).find()) {
                scores.merge(word.id(), KEYWORD, Double::sum);
            }
        }
        if (wantsPerson(text)) {
            scores.put(WANTS_PERSON, 1 + KEYWORD);
        }
        return scores.entrySet().stream()
                .map(score -> new Scored(score.getKey(), score.getValue() / (1 + KEYWORD)))
                .sorted(Comparator.comparingDouble((Scored scored) -> -scored.score()))
                .toList();
    }

    private static String folded(String text) {
        String cut = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        String bare = Normalizer.normalize(cut.toLowerCase(Locale.ROOT).replace('’', '\''), Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder();
        boolean blank = true;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (Character.getType(c) != Character.NON_SPACING_MARK && !(space && blank)) {
                folded.append(space ? ' ' : c);
                blank = space;
            }
        }
        return folded.toString().strip();
    }

    private synchronized List<Exemplar> exemplars() {
        if (exemplars == null) {
            List<Exemplar> read = new ArrayList<>();
            for (String line : AgentResource.lines(Intents.class, "intents.tsv")) {
                String[] fields = line.split("\t");
                read.add(new Exemplar(fields[0], embeddings.of(fields[2])));
            }
            exemplars = List.copyOf(read);
        }
        return exemplars;
    }

    @Override
    public void close() {
        embeddings.close();
    }
}
