package io.millrace.agents.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.DocumentedTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/language.md says how well languages and intents are told, on texts that nothing was made with. */
class LanguageQualityTest {
    private static final Map<String, String> NAMES = Map.of("en", "English", "fr", "French", "es", "Spanish");

    /** @param label an intent; with a dash before it, one that it is not */
    record Labelled(String language, String label, String text) {}

    private final List<String> mistakes = new ArrayList<>();

    private static List<Labelled> read(String name) {
        try (InputStream file = LanguageQualityTest.class.getResourceAsStream("/language/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(fields -> new Labelled(fields[0], fields[fields.length - 2], fields[fields.length - 1]))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double accuracy(List<Labelled> texts, String language) {
        List<Labelled> of =
                texts.stream().filter(text -> text.language().equals(language)).toList();
        long right = of.stream()
                .filter(text -> {
                    String told =
                            LanguageAgent.guess(text.text(), null, List.of()).language();
                    boolean isRight = told.startsWith(language);
                    if (!isRight) {
                        mistakes.add(language + " taken for " + told + ": " + text.text());
                    }
                    return isRight;
                })
                .count();
        return (double) right / of.size();
    }

    @Test
    void theLanguageOfShortMessagesIsTold() throws IOException {
        List<Labelled> shorts = read("short.tsv");
        List<Labelled> sentences = read("intents.tsv");
        StringBuilder table =
                new StringBuilder("| language | 1 to 5 words | right | sentences | right |\n|---|--:|--:|--:|--:|\n");
        for (String language : List.of("en", "fr", "es")) {
            double ofShorts = accuracy(shorts, language);
            double ofSentences = accuracy(sentences, language);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.3f | %d | %.3f |\n",
                    NAMES.get(language),
                    shorts.stream()
                            .filter(text -> text.language().equals(language))
                            .count(),
                    ofShorts,
                    sentences.stream()
                            .filter(text -> text.language().equals(language))
                            .count(),
                    ofSentences));
            assertThat(ofShorts).as("short ones; %s", mistakes).isGreaterThanOrEqualTo(0.85);
            assertThat(ofSentences).as("sentences; %s", mistakes).isGreaterThanOrEqualTo(0.96);
        }
        assertThat(DocumentedTable.of("docs/language.md", "language").staleness(table.toString(), 0.0005))
                .isEmpty();
    }

    @Test
    void intentsAreToldInThreeLanguages() throws IOException {
        StringBuilder table = new StringBuilder(
                "| language | texts | right | among the first three | wants a person: precision | recall |\n|---|--:|--:|--:|--:|--:|\n");
        try (Intents intents = new Intents()) {
            for (String language : List.of("en", "fr", "es")) {
                table.append(row(intents, language));
            }
        }
        assertThat(DocumentedTable.of("docs/language.md", "intent").staleness(table.toString(), 0.05))
                .isEmpty();
    }

    private String row(Intents intents, String language) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Labelled text : read("intents.tsv")) {
            if (!text.language().equals(language)) {
                continue;
            }
            boolean wants = intents.wantsPerson(text.text());
            boolean isWanted = text.label().equals(Intents.WANTS_PERSON);
            counts.merge((wants ? "wants" : "no") + isWanted, 1, Integer::sum);
            if (text.label().startsWith("-")) {
                continue;
            }
            List<String> told = intents.of(text.text()).stream()
                    .map(Intents.Scored::intent)
                    .limit(3)
                    .toList();
            counts.merge("texts", 1, Integer::sum);
            counts.merge("first", told.get(0).equals(text.label()) ? 1 : 0, Integer::sum);
            counts.merge("three", told.contains(text.label()) ? 1 : 0, Integer::sum);
            if (!told.get(0).equals(text.label())) {
                mistakes.add(text.label() + " taken for " + told + ": " + text.text());
            }
        }
        double texts = counts.get("texts");
        double right = counts.getOrDefault("wantstrue", 0);
        double precision = right / Math.max(1, right + counts.getOrDefault("wantsfalse", 0));
        double recall = right / (right + counts.getOrDefault("notrue", 0));
        assertThat(counts.get("first") / texts).as("%s", mistakes).isGreaterThanOrEqualTo(0.6);
        assertThat(precision).isGreaterThanOrEqualTo(0.95);
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.3f | %.3f | %.3f | %.3f |\n",
                NAMES.get(language),
                texts,
                counts.get("first") / texts,
                counts.get("three") / texts,
                precision,
                recall);
    }
}
