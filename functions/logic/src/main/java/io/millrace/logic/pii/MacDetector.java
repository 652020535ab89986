package io.millrace.logic.pii;

/** Hardware addresses: six pairs of hexadecimal digits, or three groups of four with dots. */
final class MacDetector implements Detector {
    @Override
    public PiiSpan find(Text text, int at) {
        int end = pairs(text, at);
        if (end < 0) {
            end = quads(text, at);
        }
        return end < 0 || !isAlone(text, at, end) ? null : new PiiSpan(PiiType.MAC, at, end);
    }

    private static boolean isAlone(Text text, int at, int end) {
        char before = text.at(at - 1);
        char after = text.at(end);
        return !Chars.isWord(before)
                && !Chars.isWord(after)
                && (before != ':' || !Chars.isHex(text.at(at - 2)))
                && before != '-'
                && after != '-'
                && !(after == ':' && Chars.isHex(text.at(end + 1)));
    }

    private static int pairs(Text text, int at) {
        char separator = text.at(at + 2);
        if (separator != ':' && separator != '-') {
            return -1;
        }
        boolean zeros = true;
        boolean letters = false;
        for (int i = 0; i < 17; i++) {
            char c = text.at(at + i);
            if (i % 3 == 2 ? c != separator : !Chars.isHex(c)) {
                return -1;
            }
            zeros &= c == '0' || c == separator;
            letters |= Chars.isAsciiLetter(c);
        }
        return zeros || separator == '-' && !letters ? -1 : at + 17;
    }

    private static int quads(Text text, int at) {
        boolean letters = false;
        for (int i = 0; i < 14; i++) {
            char c = text.at(at + i);
            if (i % 5 == 4 ? c != '.' : !Chars.isHex(c)) {
                return -1;
            }
            letters |= Chars.isAsciiLetter(c);
        }
        return letters ? at + 14 : -1;
    }
}
