package io.millrace.logic.pii;

import java.util.Arrays;
import java.util.List;

/**
 * A text while it is scanned, from left to right. Detectors see what lies between the last personal data found, or the
 * last token, and the next token. Beyond is an edge: a letter, as the first of a token is, or a line's end where the
 * text ends. So a text reads the same with its personal data and with tokens in place of it.
 */
final class Text {
    private static final char TOKEN_EDGE = 'x';
    /** How far from a word its meaning reaches, in characters. */
    private static final int NEAR = 40;

    private final String string;
    private final char[] chars;
    private final int[] origins;
    private final int[] seen = new int[Integer.SIZE];
    private int barrier;
    private int floor;
    private int to;
    private int dismissed;
    private List<PiiSpan> found = List.of();
    private Language language;
    private boolean languageKnown;

    /**
     * @param origins of each character and of the end, in the text before it was folded; null when they are the same
     */
    Text(String chars, int[] origins) {
        string = chars;
        this.chars = chars.toCharArray();
        this.origins = origins;
        to = chars.length();
    }

    String string() {
        return string;
    }

    /** Also what was found already, and tokens. */
    char[] chars() {
        return chars;
    }

    /** A pass begins. {@code found} is known already, and counts as tokens. */
    void enter(List<PiiSpan> found) {
        this.found = found;
        languageKnown = false;
        dismissed = 0;
        Arrays.fill(seen, -1);
    }

    /** The part up to {@code end} begins at {@code start}, which is where a token ends, or the text begins. */
    void enter(int start, int end) {
        barrier = start;
        floor = start;
        to = end;
    }

    /** Up to there all is personal data. */
    void found(int end) {
        floor = end;
    }

    /** Up to there stands no name of a person, as what stands around it is that of a place. */
    void dismiss(int end) {
        dismissed = end;
    }

    boolean isDismissed(int i) {
        return i < dismissed;
    }

    int length() {
        return chars.length;
    }

    /** Where what may be personal data begins. */
    int floor() {
        return floor;
    }

    /** Where the last token ended: between that and the floor is what was found. */
    int barrier() {
        return barrier;
    }

    int to() {
        return to;
    }

    /** Total: beyond the ends there are edges. */
    char at(int i) {
        if (i < floor) {
            return floor == 0 ? '\n' : TOKEN_EDGE;
        }
        if (i >= to) {
            return to == chars.length ? '\n' : TOKEN_EDGE;
        }
        return chars[i];
    }

    boolean isDigit(int i) {
        return Chars.isDigit(at(i));
    }

    /** Whether what ends before {@code i} and what begins there are not one word. */
    boolean isBoundary(int i) {
        return !(Chars.isWord(at(i - 1)) && Chars.isWord(at(i)));
    }

    /** Whether a number that ends before {@code i} goes on there, as decimals do. */
    boolean goesOn(int i) {
        return (at(i) == '.' || at(i) == ',') && isDigit(i + 1);
    }

    int skip(int i, char c) {
        return at(i) == c ? i + 1 : i;
    }

    int skipBlanks(int i) {
        int next = i;
        while (next < to && Chars.isBlank(at(next))) {
            next++;
        }
        return next;
    }

    boolean startsWith(String prefix, int i) {
        return i >= floor && i + prefix.length() <= to && string.startsWith(prefix, i);
    }

    /**
     * Whether there are so many digits, with no more than two signs between two of them. Corsica's A and B count as
     * such.
     */
    boolean digitsAhead(int i, int least) {
        int digits = 0;
        int signs = 0;
        for (int at = i; at < to && signs < 3; at++) {
            char c = chars[at];
            if (Chars.isDigit(c) || c == 'A' || c == 'B') {
                signs = 0;
                if (++digits == least) {
                    return true;
                }
            } else if (c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')') {
                signs++;
            } else {
                return false;
            }
        }
        return false;
    }

    /** Letters in a row. */
    int wordEnd(int i) {
        int end = i;
        while (end < to && end - i <= Lexicon.LONGEST && Chars.isLetter(chars[end])) {
            end++;
        }
        return end;
    }

    /** Where the word begins that ends before {@code end}; {@code end} when none does. */
    int wordStart(int end) {
        int start = end;
        while (start > floor && end - start <= Lexicon.LONGEST && Chars.isLetter(chars[start - 1])) {
            start--;
        }
        return start;
    }

    /** Kinds of the word that begins there. */
    int kindsAt(int i) {
        return kinds(i, wordEnd(i));
    }

    int kinds(int start, int end) {
        return start < floor || start >= end ? 0 : Lexicon.kinds(chars, start, end);
    }

    /** Kinds of the word before the one at {@code i}, with nothing but blanks in between; 0 when there is none. */
    int kindsBefore(int i) {
        int end = i;
        while (end > floor && i - end < 3 && Chars.isBlank(chars[end - 1])) {
            end--;
        }
        return end == i ? 0 : kinds(wordStart(end), end);
    }

    /** Remembers that a word of these kinds ends there. */
    void see(int kinds, int end) {
        int rest = kinds;
        while (rest != 0) {
            seen[Integer.numberOfTrailingZeros(rest)] = end;
            rest &= rest - 1;
        }
    }

    /** Whether a word of that kind stands shortly before. */
    boolean isNear(WordKind kind, int i) {
        int end = seen[kind.ordinal()];
        return end >= floor && i - end <= NEAR;
    }

    /** Null when nothing tells. */
    Language language() {
        if (!languageKnown) {
            languageKnown = true;
            language = Language.of(chars, found);
        }
        return language;
    }

    String between(int start, int end) {
        return string.substring(start, end);
    }

    /** In the text before it was folded. */
    PiiSpan original(PiiSpan span) {
        return origins == null ? span : new PiiSpan(span.type(), origins[span.start()], origins[span.end()]);
    }
}
