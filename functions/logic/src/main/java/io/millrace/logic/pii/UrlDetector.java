package io.millrace.logic.pii;

/** URLs with credentials before the host (RFC 3986 §3.2.1), from the colon of their scheme. */
final class UrlDetector implements Detector {
    private static final int LONGEST_SCHEME = 32;
    private static final int LONGEST_AUTHORITY = 512;
    private static final int LONGEST = 2_048;

    @Override
    public PiiSpan find(Text text, int at) {
        if (!text.startsWith("://", at)) {
            return null;
        }
        int start = at;
        while (at - start < LONGEST_SCHEME && isScheme(text.at(start - 1)) && start > text.floor()) {
            start--;
        }
        return start < at && hasCredentials(text, at + 3) ? new PiiSpan(PiiType.URL, start, end(text, at + 3)) : null;
    }

    private static boolean isScheme(char c) {
        return Chars.isAsciiLetter(c) || Chars.isDigit(c) || c == '+' || c == '.';
    }

    private static boolean hasCredentials(Text text, int from) {
        boolean colon = false;
        for (int i = from; i < from + LONGEST_AUTHORITY && i < text.to(); i++) {
            char c = text.at(i);
            if (c == '@') {
                return colon && Chars.isLetterOrDigit(text.at(i + 1));
            }
            if (isOutside(c) || c == '/' || c == '?' || c == '#') {
                return false;
            }
            colon |= c == ':';
        }
        return false;
    }

    private static boolean isOutside(char c) {
        return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '|';
    }

    private static int end(Text text, int from) {
        int end = from;
        while (end < from + LONGEST && end < text.to() && !isOutside(text.at(end))) {
            end++;
        }
        while (".,;:!?)]}'\\".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        return end;
    }
}
