package io.millrace.agents.knowledge;

import static java.util.stream.Collectors.joining;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.agents.embeddings.Glosses;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * A tenant's documents. Words are looked for by Lucene (BM25), meanings by comparing vectors with all there are: there are
 * few enough. Written by one thread, asked by many; what the map of passages does not have is not found, whatever Lucene
 * still knows.
 */
final class TenantIndex implements AutoCloseable {
    /** Of those that Lucene finds, the best so many are looked at. */
    private static final int CANDIDATES = 200;

    private static final int QUESTION_WORDS = 64;
    private static final float TITLE_BOOST = 1.6f;
    private static final float ASKED_BOOST = 1.3f;
    private static final float SECTION_BOOST = 1.4f;
    private static final String ID = "id";
    private static final String KEY = "key";
    private static final String TITLE = "title_";
    private static final String SECTION = "section_";
    private static final String TEXT = "text_";
    private static final String ASKED = "asked_";
    /** Characters of a document's questions that are looked at. */
    private static final int MAX_QUESTIONS = 4_000;

    /** Of a document that is found so much is given, its best passage at least. */
    private static final int HIT_TOKENS = 600;

    private final Function<String, float[]> vectors;
    private final Map<String, List<Passage>> byKey = new HashMap<>();
    private final Map<Long, Passage> passages = new ConcurrentHashMap<>();
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private long nextId;

    TenantIndex(Function<String, float[]> vectors) {
        this.vectors = vectors;
        Map<String, org.apache.lucene.analysis.Analyzer> analyzers = new HashMap<>();
        for (Words words : Words.ALL) {
            for (String field : new String[] {TITLE, SECTION, TEXT, ASKED}) {
                analyzers.put(field + words.language(), words.ofTexts());
            }
        }
        try {
            writer = new IndexWriter(
                    new ByteBuffersDirectory(),
                    new IndexWriterConfig(
                            new PerFieldAnalyzerWrapper(Words.of("other").ofTexts(), analyzers)));
            searchers = new SearcherManager(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
    }

    int documents() {
        return byKey.size();
    }

    int chunks() {
        return passages.size();
    }

    boolean holds(String key) {
        return byKey.containsKey(key);
    }

    /** It is found after the next {@link #refresh}. */
    void add(String key, KnowledgeDocument document, List<Section> chunks) {
        List<Passage> added = new ArrayList<>();
        Words words = Words.of(document.language());
        String questions = AgentInput.cut(String.join("\n", document.questions()), MAX_QUESTIONS);
        String language = document.language();
        float[][] asked = questions
                .lines()
                .map(line -> vectors.apply(Glosses.english(line, language)))
                .toArray(float[][]::new);
        try {
            for (Section chunk : chunks) {
                Passage passage = Passage.of(nextId++, document, chunk, vectorsOf(document, chunk), asked);
                writer.addDocument(indexed(key, passage, questions, words));
                added.add(passage);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
        added.forEach(passage -> passages.put(passage.id(), passage));
        byKey.put(key, added);
    }

    /** What it is called stands before each part: a part alone often does not say what it is about. */
    private float[][] vectorsOf(KnowledgeDocument document, Section chunk) {
        return Sentences.packed(Sentences.of(chunk.text()), Scores.VECTOR_TOKENS).stream()
                .map(part -> document.title() + ". " + chunk.heading() + ". " + part)
                .map(part -> vectors.apply(Glosses.english(part, document.language())))
                .toArray(float[][]::new);
    }

    private static Document indexed(String key, Passage passage, String questions, Words words) {
        Document document = new Document();
        document.add(new StringField(KEY, key, Store.NO));
        document.add(new NumericDocValuesField(ID, passage.id()));
        document.add(new StringField("audience", passage.audience().name(), Store.NO));
        document.add(new LongPoint(
                "from",
                passage.validFrom() == null
                        ? Long.MIN_VALUE
                        : passage.validFrom().toEpochMilli()));
        document.add(new LongPoint(
                "until",
                passage.validUntil() == null
                        ? Long.MAX_VALUE
                        : passage.validUntil().toEpochMilli()));
        document.add(new TextField(TITLE + words.language(), passage.title(), Store.NO));
        document.add(new TextField(SECTION + words.language(), passage.section(), Store.NO));
        document.add(new TextField(TEXT + words.language(), passage.text(), Store.NO));
        document.add(new TextField(ASKED + words.language(), questions, Store.NO));
        return document;
    }

    /** At once. */
    void remove(String key) {
        List<Passage> removed = byKey.remove(key);
        if (removed == null) {
            return;
        }
        removed.forEach(passage -> passages.remove(passage.id()));
        try {
            writer.deleteDocuments(new Term(KEY, key));
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
    }

    void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
    }

    /**
     * In the question's language first; only when there is nothing, in the others.
     *
     * @return the best first, none below the {@linkplain Scores#THRESHOLD threshold}
     */
    List<Hit> find(Question question) {
        float[] asked = vectors.apply(Glosses.english(question.text(), question.language()));
        if (question.language() == null) {
            return find(question, asked, Words.ALL);
        }
        Words own = Words.of(question.language());
        List<Hit> hits = find(question, asked, Set.of(own));
        if (!hits.isEmpty()) {
            return hits;
        }
        Set<Words> others = new HashSet<>(Words.ALL);
        others.remove(own);
        return find(question, asked, others);
    }

    private record Scored(Passage passage, double score) {}

    /** What of a document was found, the best passage first. */
    private static Hit hit(List<Scored> found) {
        Scored best = found.get(0);
        List<Passage> told = new ArrayList<>();
        int tokens = 0;
        for (Scored one : found) {
            tokens += Sentences.tokens(one.passage().text());
            if (told.isEmpty() || tokens <= HIT_TOKENS) {
                told.add(one.passage());
            }
        }
        // A section alone often does not answer, and which one would is told by sentences and not by sections.
        String text = told.stream()
                .sorted(Comparator.comparingLong(Passage::id))
                .map(Passage::text)
                .collect(joining("\n\n"));
        return Hit.of(best.passage(), text, best.score());
    }

    private List<Hit> find(Question question, float[] asked, Set<Words> languages) {
        Map<Long, Float> byWords = byWords(question, languages);
        Map<String, List<Scored>> found = new HashMap<>();
        for (Passage passage : passages.values()) {
            if (languages.contains(passage.words()) && passage.isFor(question.audience(), question.at())) {
                double score =
                        Scores.of(passage.language(), likeness(asked, passage), byWords.getOrDefault(passage.id(), 0f));
                found.computeIfAbsent(passage.documentId(), none -> new ArrayList<>())
                        .add(new Scored(passage, score));
            }
        }
        Comparator<Scored> better = Comparator.comparingDouble(Scored::score)
                .reversed()
                .thenComparing(scored -> scored.passage().documentId())
                .thenComparing(scored -> scored.passage().id());
        found.values().forEach(scored -> scored.sort(better));
        return found.values().stream()
                .filter(scored -> scored.get(0).score() >= Scores.THRESHOLD)
                .sorted((one, other) -> better.compare(one.get(0), other.get(0)))
                .limit(question.top())
                .map(TenantIndex::hit)
                .toList();
    }

    private static float likeness(float[] asked, Passage passage) {
        float best = 0;
        for (float[] vector : passage.vectors()) {
            best = Math.max(best, Embeddings.likeness(asked, vector));
        }
        for (float[] vector : passage.questions()) {
            best = Math.max(best, Embeddings.likeness(asked, vector));
        }
        return best;
    }

    private Map<Long, Float> byWords(Question question, Set<Words> languages) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Words words : languages) {
            String language = words.language();
            for (String word : words.ofQuestion(question.text(), QUESTION_WORDS)) {
                any.add(boosted(TITLE + language, word, TITLE_BOOST), Occur.SHOULD);
                any.add(boosted(SECTION + language, word, SECTION_BOOST), Occur.SHOULD);
                any.add(boosted(ASKED + language, word, ASKED_BOOST), Occur.SHOULD);
                any.add(new TermQuery(new Term(TEXT + language, word)), Occur.SHOULD);
            }
        }
        BooleanQuery said = any.build();
        if (said.clauses().isEmpty()) {
            return Map.of();
        }
        BooleanQuery.Builder allowed = new BooleanQuery.Builder().add(said, Occur.MUST);
        if (question.audience() == Audience.CUSTOMER) {
            allowed.add(new TermQuery(new Term("audience", Audience.CUSTOMER.name())), Occur.FILTER);
        }
        long at = question.at().toEpochMilli();
        allowed.add(LongPoint.newRangeQuery("from", Long.MIN_VALUE, at), Occur.FILTER);
        allowed.add(LongPoint.newRangeQuery("until", at + 1, Long.MAX_VALUE), Occur.FILTER);
        return scores(allowed.build());
    }

    private static Query boosted(String field, String word, float boost) {
        return new BoostQuery(new TermQuery(new Term(field, word)), boost);
    }

    private Map<Long, Float> scores(Query query) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                Map<Long, Float> scores = new HashMap<>();
                for (ScoreDoc found : searcher.search(query, CANDIDATES).scoreDocs) {
                    scores.put(idOf(searcher, found.doc), found.score);
                }
                return scores;
            } finally {
                searchers.release(searcher);
            }
        } catch (AlreadyClosedException e) {
            // The last document of the tenant is gone, and the room was given to another one.
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
    }

    private static long idOf(IndexSearcher searcher, int document) throws IOException {
        var leaves = searcher.getIndexReader().leaves();
        var leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        NumericDocValues ids = leaf.reader().getNumericDocValues(ID);
        ids.advanceExact(document - leaf.docBase);
        return ids.longValue();
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.rollback();
        } catch (IOException e) {
            throw new UncheckedIOException("the index is in memory", e);
        }
    }
}
