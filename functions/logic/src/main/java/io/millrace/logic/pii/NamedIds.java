package io.millrace.logic.pii;

/** Ids that a word before them tells, whatever their checksum: passports, licences, national numbers as they come. */
final class NamedIds implements Detector {
    private static final int SHORTEST = 6;
    private static final int LEAST_DIGITS = 4;
    private static final int LONGEST = 20;

    @Override
    public PiiSpan find(Text text, int at) {
        Numbering numbering = Numbering.after(text, text.wordEnd(at));
        int start = numbering.start();
        if (start == text.wordEnd(at) || text.isDigit(start) && Moments.end(text, start) > start) {
            return null;
        }
        if (text.isDigit(start)) {
            text.see(WordKind.IDENTITY.bit(), start);
            PiiSpan known = new NumberedIds().find(text, start);
            if (known != null) {
                return known;
            }
        }
        int end = Math.max(grouped(text, start), Numbering.codeEnd(text, start));
        boolean isId = end - start >= SHORTEST
                && end - start <= LONGEST + 8
                && Numbering.digits(text, start, end) >= LEAST_DIGITS
                && !Tokens.isUuid(text.string(), start);
        return isId ? new PiiSpan(PiiType.NATIONAL_ID, start, end) : null;
    }

    private static int grouped(Text text, int start) {
        DigitGroups groups = DigitGroups.read(text, start, " -.", LONGEST);
        for (int k = groups.count(); k > 0; k--) {
            if (groups.digits(k) >= 8 && groups.isWhole(k)) {
                return groups.end(k);
            }
        }
        return start;
    }
}
