package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts tokens in place of personal data in texts in English, French and Spanish. What is one thing, however it is
 * written, has one token within a tenant, by which it can be counted and joined, and from which nothing leads back
 * (docs/pii.md). Its own output is left as it is.
 *
 * <p>Takes time and space that grow with the text alone, whatever it is. For one thread.
 */
public final class PiiTokenizer {
    private final Tokens tokens;

    public PiiTokenizer(TokenKey key) {
        tokens = new Tokens(key);
    }

    /** The same instance when there is no personal data in it. */
    public String tokenize(String text) {
        return tokenize(text, new PiiCounts());
    }

    /** @param counts to which is added what was found */
    public String tokenize(String text, PiiCounts counts) {
        return tokenize(text, (type, token, value) -> counts.add(type));
    }

    /** @param listener told of each value that a token now stands for, in their order */
    public String tokenize(String text, PiiListener listener) {
        Text folded = Folding.of(text);
        List<PiiSpan> spans = PiiFinder.find(folded);
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + spans.size() * Tokens.LENGTH);
        int from = 0;
        for (PiiSpan span : spans) {
            PiiSpan original = folded.original(span);
            String token = token(folded, span);
            out.append(text, from, original.start()).append(token);
            from = original.end();
            listener.found(span.type(), token, text.substring(original.start(), from));
        }
        return out.append(text, from, text.length()).toString();
    }

    private String token(Text text, PiiSpan span) {
        String value = text.between(span.start(), span.end());
        Language language = span.type() == PiiType.PHONE ? text.language() : null;
        return tokens.of(span.type(), NormalForm.of(span.type(), value, language));
    }

    /**
     * The token of a value that is personal data of that kind as a whole, whatever it looks like.
     *
     * @return the value itself when it is blank, or a token already
     */
    public String tokenizeWhole(PiiType type, String value, PiiCounts counts) {
        return tokenizeWhole(type, value, (found, token, whole) -> counts.add(found));
    }

    /** The same with a listener, which is told when a token was made. */
    public String tokenizeWhole(PiiType type, String value, PiiListener listener) {
        if (value.isBlank() || Tokens.isToken(value)) {
            return value;
        }
        Text folded = Folding.of(value);
        String token = tokens.of(type, NormalForm.of(type, folded.string(), null));
        listener.found(type, token, value);
        return token;
    }

    /** Where personal data stands in a text, in its order, without overlaps. */
    public static List<PiiSpan> find(String text) {
        Text folded = Folding.of(text);
        List<PiiSpan> spans = new ArrayList<>();
        for (PiiSpan span : PiiFinder.find(folded)) {
            spans.add(folded.original(span));
        }
        return spans;
    }
}
