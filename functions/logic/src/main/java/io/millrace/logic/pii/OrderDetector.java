package io.millrace.logic.pii;

/** Numbers of orders, invoices and bookings: behind their word, or with the letters that they begin with. */
final class OrderDetector implements Detector {
    private static final int SHORTEST = 4;
    /** Digits of a number that follows its word with nothing in between. */
    private static final int LEAST_DIGITS = 6;

    private static final String[] PREFIXES = {
        "ORD", "ORDER", "CMD", "PED", "PEDIDO", "INV", "FAC", "FACT", "PO", "SO", "BK", "RES"
    };

    @Override
    public PiiSpan find(Text text, int at) {
        if (!text.isBoundary(at)) {
            return null;
        }
        int end = text.isDigit(at) ? marketplace(text, at) : prefixed(text, at);
        if (end > 0) {
            return new PiiSpan(PiiType.ORDER_ID, at, end);
        }
        return text.isDigit(at) ? null : named(text, at);
    }

    /** 3, 7 and 7 digits, as a large shop writes them. */
    private static int marketplace(Text text, int at) {
        DigitGroups groups = DigitGroups.read(text, at, "-", 17);
        return groups.has(3, 7, 7) && groups.isWhole(3) ? groups.end(3) : -1;
    }

    private static int prefixed(Text text, int at) {
        int letters = text.wordEnd(at);
        int start = letters + (text.at(letters) == '-' || text.at(letters) == '_' || text.at(letters) == '#' ? 1 : 0);
        if (letters - at > 6 || start == letters || !isPrefix(text.between(at, letters))) {
            return -1;
        }
        int end = Numbering.codeEnd(text, start);
        return end > start && Numbering.digits(text, start, end) >= SHORTEST && text.isDigit(start) ? end : -1;
    }

    private static boolean isPrefix(String letters) {
        for (String prefix : PREFIXES) {
            if (prefix.equals(letters)) {
                return true;
            }
        }
        return false;
    }

    private static PiiSpan named(Text text, int at) {
        int word = text.wordEnd(at);
        if (!WordKind.ORDER.in(text.kinds(at, word))) {
            return null;
        }
        Numbering numbering = Numbering.after(text, word);
        int start = numbering.start();
        if (start == word || Moments.end(text, start) > start) {
            return null;
        }
        int end = Numbering.codeEnd(text, start);
        int digits = Numbering.digits(text, start, end);
        boolean mixed = digits < end - start;
        boolean isNumber = end - start >= SHORTEST
                && !Tokens.isUuid(text.string(), start)
                && !text.goesOn(end)
                && text.at(end) != '%'
                && text.at(end) != ':'
                && (numbering.isExplicit()
                        ? digits >= 3
                        : digits >= LEAST_DIGITS || mixed && digits >= SHORTEST && Chars.isUpper(text.at(start)));
        return isNumber ? new PiiSpan(PiiType.ORDER_ID, start, end) : null;
    }
}
