package io.millrace.logic.pii;

/** What stands between the word for something numbered and its number: "order no. ", "DNI n.º: ", "pedido con id #". */
final class Numbering {
    private static final int MAX_WORDS = 5;
    private static final int MAX_SIGNS = 24;
    private static final int CONNECTORS = WordKind.NUMBER.bit() | WordKind.COPULA.bit();
    private static final int WORDS =
            CONNECTORS | WordKind.PARTICLE.bit() | WordKind.IDENTITY.bit() | WordKind.ORDER.bit() | WordKind.OWN.bit();

    private final int start;
    private final boolean isExplicit;

    private Numbering(int start, boolean isExplicit) {
        this.start = start;
        this.isExplicit = isExplicit;
    }

    /** @param at where the word ends */
    static Numbering after(Text text, int at) {
        boolean explicit = false;
        int i = at;
        for (int word = 0; word <= MAX_WORDS; word++) {
            int signs = i;
            while (i - signs < MAX_SIGNS && " \t:#.°º\"'=()[-".indexOf(text.at(i)) >= 0) {
                explicit |= text.at(i) == ':' || text.at(i) == '#' || text.at(i) == '=' || text.at(i) == '°';
                i++;
            }
            int end = text.wordEnd(i);
            int kinds = text.kinds(i, end);
            if (i == signs && word > 0 || (kinds & WORDS) == 0 || Chars.isDigit(text.at(end))) {
                break;
            }
            explicit |= (kinds & CONNECTORS) != 0;
            i = end;
        }
        return new Numbering(i, explicit);
    }

    /** Where the number begins, if it is one. */
    int start() {
        return start;
    }

    /** Whether something tells that a number follows. */
    boolean isExplicit() {
        return isExplicit;
    }

    /** Where letters, digits, dashes and the like end that begin there. */
    static int codeEnd(Text text, int start) {
        int end = start;
        while (end - start < 40 && end < text.to() && (Chars.isKey(text.at(end)) || isInside(text, end))) {
            end++;
        }
        while (end > start && !Chars.isLetterOrDigit(text.at(end - 1))) {
            end--;
        }
        return Chars.isWord(text.at(end)) ? start : end;
    }

    private static boolean isInside(Text text, int i) {
        return (text.at(i) == '.' || text.at(i) == '/') && Chars.isLetterOrDigit(text.at(i + 1));
    }

    static int digits(Text text, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits += text.isDigit(i) ? 1 : 0;
        }
        return digits;
    }
}
