package io.millrace.agents.embeddings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Text to the numbers of the pieces its words consist of, as BERT's models without case want it (Devlin et al., 2018;
 * the rules are those of the vocabulary's file: BertNormalizer, BertPreTokenizer, WordPiece). Unlike elsewhere, a text
 * that has {@code [SEP]} in it does not give that piece: it is a bracket, a word and a bracket. Linear in the text.
 */
final class WordPieces {
    private static final int MAX_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int unknown;
    private final int first;
    private final int last;

    private WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = vocabulary.get("[UNK]");
        this.first = vocabulary.get("[CLS]");
        this.last = vocabulary.get("[SEP]");
    }

    /** @param json a {@code tokenizer.json}, whose {@code model.vocab} has the pieces */
    static WordPieces read(InputStream json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT && "vocab".equals(parser.currentName())) {
                    return new WordPieces(pieces(parser));
                }
            }
        }
        throw new IOException("the vocabulary has no pieces");
    }

    private static Map<String, Integer> pieces(JsonParser parser) throws IOException {
        Map<String, Integer> pieces = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            pieces.put(parser.currentName(), parser.nextIntValue(-1));
        }
        return pieces;
    }

    /** Of a text with more pieces than {@code limit}, those that it begins with; the first and the last mark its bounds. */
    long[] ids(String text, int limit) {
        Ids ids = new Ids(limit - 1);
        ids.add(first);
        StringBuilder word = new StringBuilder();
        PrimitiveIterator.OfInt points = normal(text).codePoints().iterator();
        while (points.hasNext() && !ids.full()) {
            int point = points.nextInt();
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                end(word, ids);
            } else if (isPunctuation(point) || isChinese(point)) {
                end(word, ids);
                end(word.appendCodePoint(point), ids);
            } else {
                word.appendCodePoint(point);
            }
        }
        end(word, ids);
        return ids.with(last);
    }

    /** Small letters without accents, without what can't be seen. */
    private static String normal(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().filter(point -> !isInvisible(point)).forEach(clean::appendCodePoint);
        StringBuilder bare = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        return bare.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isInvisible(int point) {
        if (point == '\t' || point == '\n' || point == '\r') {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> point == 0xFFFD;
        };
    }

    private static boolean isPunctuation(int point) {
        if (point < 128) {
            return point > 32 && point < 127 && !Character.isLetterOrDigit(point);
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isChinese(int point) {
        return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN && Character.isIdeographic(point);
    }

    /** The longest pieces first; a word that does not come out is one unknown piece. */
    private void end(StringBuilder word, Ids ids) {
        if (word.isEmpty()) {
            return;
        }
        int before = ids.size;
        int start = word.length() > MAX_WORD ? -1 : 0;
        while (start >= 0 && start < word.length()) {
            int end = word.length();
            Integer id = null;
            while (end > start && id == null) {
                String piece = word.substring(start, end);
                id = vocabulary.get(start == 0 ? piece : "##" + piece);
                end--;
            }
            if (id == null) {
                start = -1;
            } else {
                ids.add(id);
                start = end + 1;
            }
        }
        if (start < 0) {
            ids.size = before;
            ids.add(unknown);
        }
        word.setLength(0);
    }

    /** Numbers up to a limit; what is added above it is left out. */
    private static final class Ids {
        final long[] values;
        int size;

        Ids(int limit) {
            values = new long[limit];
        }

        boolean full() {
            return size == values.length;
        }

        void add(long id) {
            if (!full()) {
                values[size++] = id;
            }
        }

        long[] with(long last) {
            long[] all = new long[size + 1];
            System.arraycopy(values, 0, all, 0, size);
            all[size] = last;
            return all;
        }
    }
}
