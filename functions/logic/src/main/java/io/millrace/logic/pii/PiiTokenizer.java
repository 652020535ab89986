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
        Text folded = Folding.of(text);
        List<PiiSpan> spans = PiiFinder.find(folded);
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + spans.size() * Tokens.LENGTH);
        int from = 0;
        for (PiiSpan span : spans) {
            PiiSpan original = folded.original(span);
            out.append(text, from, original.start()).append(token(folded, span));
            from = original.end();
            counts.add(span.type());
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
        if (value.isBlank() || Tokens.isToken(value)) {
            return value;
        }
        counts.add(type);
        Text folded = Folding.of(value);
        return tokens.of(type, NormalForm.of(type, folded.string(), null));
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
