package io.millrace.agents.knowledge;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * The words of a text as they are compared: without accents, endings and words that say nothing, by the rules of its
 * language. Words of shops that mean the same count as one another (files {@code synonyms_…}); of texts that is said when
 * they are indexed and not again when they are asked for.
 */
final class Words {
    /** The first part of a language's tag to its analyzers; any other language has {@link #OTHER}. */
    private static final Map<String, Words> BY_LANGUAGE = new TreeMap<>();

    private static final Words OTHER = new Words("other");

    static {
        for (String language : new String[] {"en", "fr", "es"}) {
            BY_LANGUAGE.put(language, new Words(language));
        }
    }

    /** Of each language that has rules of its own, and of the others. */
    static final Set<Words> ALL =
            Stream.concat(BY_LANGUAGE.values().stream(), Stream.of(OTHER)).collect(Collectors.toUnmodifiableSet());

    private final String language;
    private final Analyzer ofTexts;
    private final Analyzer ofQuestions;

    private Words(String language) {
        this.language = language;
        this.ofQuestions = analyzer(language, null);
        this.ofTexts = language.equals("other") ? ofQuestions : analyzer(language, synonyms(language, ofQuestions));
    }

    /** @param tag such as {@code fr-CA} */
    static Words of(String tag) {
        int end = tag.indexOf('-');
        String first = (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
        return BY_LANGUAGE.getOrDefault(first, OTHER);
    }

    /** The names of fields end with it. */
    String language() {
        return language;
    }

    Analyzer ofTexts() {
        return ofTexts;
    }

    /** In the order in which they come first. */
    Set<String> ofQuestion(String text, int most) {
        return words(ofQuestions, text, most);
    }

    /** With what means the same. */
    Set<String> ofText(String text, int most) {
        return words(ofTexts, text, most);
    }

    private static Set<String> words(Analyzer analyzer, String text, int most) {
        Set<String> words = new LinkedHashSet<>();
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (words.size() < most && stream.incrementToken()) {
                words.add(term.toString());
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory is read", e);
        }
    }

    private static Analyzer analyzer(String language, SynonymMap synonyms) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                TokenStream words = stemmed(language, tokenizer);
                return new TokenStreamComponents(
                        tokenizer,
                        synonyms == null
                                ? words
                                : new FlattenGraphFilter(new SynonymGraphFilter(words, synonyms, true)));
            }
        };
    }

    private static TokenStream stemmed(String language, Tokenizer tokenizer) {
        return switch (language) {
            case "en" ->
                new PorterStemFilter(new ASCIIFoldingFilter(new StopFilter(
                        new LowerCaseFilter(new EnglishPossessiveFilter(tokenizer)),
                        EnglishAnalyzer.ENGLISH_STOP_WORDS_SET)));
            case "fr" ->
                new FrenchLightStemFilter(new ASCIIFoldingFilter(new StopFilter(
                        new LowerCaseFilter(new ElisionFilter(tokenizer, FrenchAnalyzer.DEFAULT_ARTICLES)),
                        FrenchAnalyzer.getDefaultStopSet())));
            case "es" ->
                new SpanishLightStemFilter(new ASCIIFoldingFilter(
                        new StopFilter(new LowerCaseFilter(tokenizer), SpanishAnalyzer.getDefaultStopSet())));
            default -> new ASCIIFoldingFilter(new LowerCaseFilter(tokenizer));
        };
    }

    private static SynonymMap synonyms(String language, Analyzer analyzer) {
        String file = "synonyms_" + language + ".txt";
        try (Reader in = new InputStreamReader(Words.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            SolrSynonymParser parser = new SolrSynonymParser(true, true, analyzer);
            parser.parse(in);
            return parser.build();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(file + " can't be read", e);
        }
    }
}
