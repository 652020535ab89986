package io.millrace.logic.pii;

/**
 * Numbers of payment cards, by the ranges of their issuers (ISO/IEC 7812-1) and their check digit. Where a word says
 * that it is a card, a number of that shape is one whatever its check digit.
 */
final class CardDetector implements Detector {
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    @Override
    public PiiSpan find(Text text, int at) {
        char before = text.at(at - 1);
        if (!text.isDigit(at + 2) || (before == '.' || before == ',') && text.isDigit(at - 2)) {
            return null;
        }
        DigitGroups groups = DigitGroups.read(text, at, " -", LONGEST);
        boolean named = text.isNear(WordKind.PAYMENT, at);
        for (int k = groups.count(); k > 0; k--) {
            int digits = groups.digits(k);
            if (digits < SHORTEST) {
                return null;
            }
            if (hasShape(groups, k) && groups.isWhole(k) && isCard(groups.text(k), named)) {
                return new PiiSpan(PiiType.CARD, at, groups.end(k));
            }
        }
        return null;
    }

    private static boolean hasShape(DigitGroups groups, int count) {
        if (count == 1) {
            return true;
        }
        for (int i = 1; i < count; i++) {
            if (groups.length(i) > 7 || i < count - 1 && groups.length(i) < 4) {
                return false;
            }
        }
        return groups.length(0) == 4 && groups.separator(0) == groups.separator(count - 2);
    }

    private static boolean isCard(String digits, boolean named) {
        if (named) {
            return digits.charAt(0) >= '2' && digits.charAt(0) <= '6'
                    || Checksums.luhn(digits) && digits.charAt(0) != '0';
        }
        return isIssued(digits) && Checksums.luhn(digits);
    }

    static boolean isIssued(String digits) {
        int length = digits.length();
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        if (two / 10 == 4) {
            return length == 16 || length == 19;
        }
        if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) {
            return length == 16;
        }
        if (two == 34 || two == 37) {
            return length == 15;
        }
        if (two == 36 || two == 38 || two == 39 || four >= 3000 && four <= 3059) {
            return length == 14;
        }
        return length >= 16 && (two == 35 || two == 50 || two >= 56 && two <= 69);
    }
}
