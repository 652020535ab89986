package io.millrace.logic.pii;

/** National ids that begin with a letter: NIE (ES), NINO (UK). */
final class LetteredIds implements Detector {
    private static final String NOT_FIRST = "DFIQUV";
    private static final String NOT_SECOND = "DFIOQUV";
    private static final String NOT_GIVEN_OUT = "BG GB KN NK NT TN ZZ";

    @Override
    public PiiSpan find(Text text, int at) {
        if (!text.isBoundary(at)) {
            return null;
        }
        int end = nie(text, at);
        end = end < 0 ? nino(text, at) : end;
        return end < 0 ? null : new PiiSpan(PiiType.NATIONAL_ID, at, end);
    }

    private static int nie(Text text, int at) {
        int first = "XYZ".indexOf(Character.toUpperCase(text.at(at)));
        if (first < 0) {
            return -1;
        }
        StringBuilder digits = new StringBuilder().append(first);
        int i = at + 1;
        while (digits.length() < 8) {
            i += "-. ".indexOf(text.at(i)) >= 0 ? 1 : 0;
            if (!text.isDigit(i)) {
                return -1;
            }
            digits.append(text.at(i++));
        }
        i += "-. ".indexOf(text.at(i)) >= 0 ? 1 : 0;
        char letter = Character.toUpperCase(text.at(i));
        return !Chars.isWord(text.at(i + 1)) && Checksums.dni(digits.toString(), letter) ? i + 1 : -1;
    }

    /** Two letters of those that are given out, six digits, often in pairs, and a letter from A to D. */
    private static int nino(Text text, int at) {
        char first = text.at(at);
        char second = text.at(at + 1);
        if (!Chars.isAsciiLetter(first) || !Chars.isAsciiLetter(second)) {
            return -1;
        }
        String prefix = text.between(at, at + 2);
        boolean isGivenOut =
                NOT_FIRST.indexOf(first) < 0 && NOT_SECOND.indexOf(second) < 0 && !NOT_GIVEN_OUT.contains(prefix);
        boolean named = text.isNear(WordKind.IDENTITY, at);
        if (!named && (!isGivenOut || !Chars.isUpper(first) || !Chars.isUpper(second))) {
            return -1;
        }
        int i = at + 2;
        for (int pair = 0; pair < 3; pair++) {
            i += text.at(i) == ' ' || text.at(i) == '-' ? 1 : 0;
            if (!text.isDigit(i) || !text.isDigit(i + 1)) {
                return -1;
            }
            i += 2;
        }
        i += text.at(i) == ' ' || text.at(i) == '-' ? 1 : 0;
        char last = Character.toUpperCase(text.at(i));
        return last >= 'A' && last <= 'D' && !Chars.isWord(text.at(i + 1)) ? i + 1 : -1;
    }
}
