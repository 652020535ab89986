package io.millrace.logic.pii;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.millrace.schema.wire.IsolatedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Puts tokens in place of personal data in JSON documents: in strings and names of fields by what they say, in fields
 * that hold it by their name as a whole, numbers included. What is no JSON is read as text. For one thread.
 */
public final class JsonTokenizer {
    private static final JsonFactory JSON = IsolatedJson.factory().build();

    private final PiiTokenizer tokenizer;
    private final Set<String> safe;
    private final int longestSafe;

    /**
     * @param safe fields that are left as they are, by their name, or by their path from the root with a dot between
     *     two names, as {@code payload.order.status}; so are values in an array in such a field, and no fields of
     *     objects
     */
    public JsonTokenizer(PiiTokenizer tokenizer, Set<String> safe) {
        this.tokenizer = tokenizer;
        this.safe = Set.copyOf(safe);
        longestSafe = safe.stream().mapToInt(String::length).max().orElse(0);
    }

    /** The same instance when there is no personal data in it. */
    public byte[] tokenize(byte[] document) {
        return tokenize(document, new PiiCounts());
    }

    /**
     * @param document objects and arrays, one or several; anything else is text, in UTF-8
     * @param counts to which is added what was found
     */
    public byte[] tokenize(byte[] document, PiiCounts counts) {
        PiiCounts found = new PiiCounts();
        byte[] tokenized;
        try {
            tokenized = rewrite(document, found);
        } catch (IOException e) {
            // Jackson's word for what is no JSON, or deeper or longer than it reads.
            found = new PiiCounts();
            String text = new String(document, StandardCharsets.UTF_8);
            tokenized = tokenizer.tokenize(text, found).getBytes(StandardCharsets.UTF_8);
        }
        counts.add(found);
        return found.total() == 0 ? document : tokenized;
    }

    private byte[] rewrite(byte[] document, PiiCounts counts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + 256);
        try (JsonParser parser = JSON.createParser(document);
                JsonGenerator generator = JSON.createGenerator(out)) {
            generator.setRootValueSeparator(new SerializedString("\n"));
            Rewriting rewriting = new Rewriting(parser, generator, counts);
            while (parser.nextToken() != null) {
                rewriting.copy();
            }
        }
        return out.toByteArray();
    }

    /** The state of one document: which field this is, and what its name says. */
    private final class Rewriting {
        private final JsonParser parser;
        private final JsonGenerator generator;
        private final PiiCounts counts;
        private final JsonPath path = new JsonPath();

        Rewriting(JsonParser parser, JsonGenerator generator, PiiCounts counts) {
            this.parser = parser;
            this.generator = generator;
            this.counts = counts;
        }

        void copy() throws IOException {
            JsonToken token = parser.currentToken();
            if (path.isRoot() && !token.isStructStart()) {
                throw new IOException("no object and no array");
            }
            switch (token) {
                case FIELD_NAME -> name();
                case VALUE_STRING -> generator.writeString(value(parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
                case START_OBJECT, START_ARRAY -> {
                    path.enter(token == JsonToken.START_OBJECT);
                    generator.copyCurrentEvent(parser);
                }
                case END_OBJECT, END_ARRAY -> {
                    path.leave();
                    generator.copyCurrentEvent(parser);
                }
                default -> generator.copyCurrentEvent(parser);
            }
        }

        private void name() throws IOException {
            String name = parser.currentName();
            path.field(name, isSafe(name), DeclaredFields.type(name));
            generator.writeFieldName(whole(tokenizer.tokenize(name, counts)));
        }

        private boolean isSafe(String name) {
            return safe.contains(name) || path.length() + name.length() < longestSafe && safe.contains(path.with(name));
        }

        private String value(String text) {
            if (path.isSafe()) {
                return whole(text);
            }
            PiiType type = path.type();
            return whole(type == null ? tokenizer.tokenize(text, counts) : tokenizer.tokenizeWhole(type, text, counts));
        }

        private void number(String digits) throws IOException {
            PiiType type = path.isSafe() ? null : path.type() == null ? card(digits) : path.type();
            if (type == null || type == PiiType.PERSON) {
                generator.writeNumber(digits);
            } else {
                generator.writeString(tokenizer.tokenizeWhole(type, digits, counts));
            }
        }

        /**
         * A number of a field that says nothing is a card's, or left: too many ids and moments look like telephones.
         */
        private PiiType card(String digits) {
            boolean isCard = !path.isSafe()
                    && digits.length() >= 14
                    && digits.length() <= 19
                    && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    && CardDetector.isIssued(digits)
                    && Checksums.luhn(digits);
            return isCard ? PiiType.CARD : null;
        }
    }

    /** Half of a surrogate pair is no character, and can't be written. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            }
        }
        return text;
    }
}
