package io.millrace.logic.pii;

/** Addresses of mail, from their {@code @}: letters of all scripts, a domain of two labels at least. */
final class EmailDetector implements Detector {
    /** RFC 5321 §4.5.3.1. */
    private static final int LONGEST_LOCAL = 64;

    private static final int LONGEST_DOMAIN = 253;

    @Override
    public PiiSpan find(Text text, int at) {
        int start = local(text, at);
        if (start == at || text.startsWith("git@", start)) {
            return null;
        }
        int end = domain(text, at + 1);
        return end < 0 ? null : new PiiSpan(PiiType.EMAIL, start, end);
    }

    /** It may hold what was found already, as digits that look like a card. */
    private static int local(Text text, int at) {
        int lowest = Math.max(text.barrier(), at - LONGEST_LOCAL);
        int start = at;
        if (start > lowest && text.chars()[start - 1] == '"') {
            int quote = text.string().lastIndexOf('"', start - 2);
            return quote >= lowest && quote < start - 2 ? quote : at;
        }
        while (start > lowest && isLocal(text.chars()[start - 1])) {
            start--;
        }
        while (start < at && !Chars.isWord(text.chars()[start])) {
            start++;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return Chars.isWord(c) || ".+-%'&~".indexOf(c) >= 0 || Character.isSurrogate(c);
    }

    /** Negative when there is none. */
    private static int domain(Text text, int from) {
        int end = -1;
        int label = from;
        int i = from;
        while (i < from + LONGEST_DOMAIN && (Chars.isLetterOrDigit(text.at(i)) || text.at(i) == '-') && i < text.to()) {
            while (i < text.to()
                    && i < from + LONGEST_DOMAIN
                    && (Chars.isLetterOrDigit(text.at(i)) || text.at(i) == '-')) {
                i++;
            }
            if (label > from && isTopLevel(text, label, i)) {
                end = i;
            }
            if (text.at(i) != '.') {
                break;
            }
            label = ++i;
        }
        return end;
    }

    private static boolean isTopLevel(Text text, int start, int end) {
        if (text.startsWith("xn--", start)) {
            return true;
        }
        for (int i = start; i < end; i++) {
            if (!Chars.isLetter(text.at(i))) {
                return false;
            }
        }
        return end - start >= 2;
    }
}
