package io.millrace.logic.pii;

import java.util.Locale;
import java.util.Set;

/**
 * Telephone numbers: with a country's code, as dialled in the countries of the languages, or of any country behind a
 * word that says so. A number without separators needs such a word, unless its first digits can't be those of an
 * amount.
 */
final class PhoneDetector implements Detector {
    private static final String SEPARATORS = " .-/()";
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    /** How many digits stand together in numbers of France and Great Britain. */
    private static final Set<String> SHAPES_BEHIND_ZERO = Set.of(
            "10",
            "11",
            "2 2 2 2 2",
            "4 2 2 2",
            "4 3 3",
            "4 6",
            "2 8",
            "5 6",
            "5 3 3",
            "4 3 4",
            "3 4 4",
            "5 5",
            "3 3 4",
            "3 7",
            "4 7",
            "3 8",
            "2 4 4",
            "2 2 3 3");

    private static final Set<String> SPANISH_SHAPES =
            Set.of("9", "3 3 3", "3 2 2 2", "2 3 2 2", "3 6", "2 3 4", "2 7", "3 2 4");
    private static final String NOT_BEFORE = "$€£¥.,-/#%=&";
    private static final String NOT_BEHIND = "$€£¥%:/@_";
    private static final String[] EXTENSIONS = {"extension", "ext.", "ext:", "ext", "poste", "x"};

    @Override
    public PiiSpan find(Text text, int at) {
        char first = text.at(at);
        boolean named = text.isNear(WordKind.PHONE, at);
        if (!mayStart(text, at, named)) {
            return null;
        }
        int digits = at + (first == '+' || first == '(' ? 1 : 0);
        digits += first == '+' && text.at(digits) == ' ' || first == '+' && text.at(digits) == '(' ? 1 : 0;
        DigitGroups groups = DigitGroups.read(text, digits, SEPARATORS, LONGEST + 4);
        int end = groups.count() == 0 || groups.digits(groups.count()) < SHORTEST
                ? -1
                : first == '+' ? abroad(groups, "") : atHome(text, groups, named, first == '(');
        return end < 0 ? null : new PiiSpan(PiiType.PHONE, at, extension(text, end));
    }

    private static boolean mayStart(Text text, int at, boolean named) {
        char before = text.at(at - 1);
        if (Chars.isWord(before)) {
            return false;
        }
        if (text.at(at) == '+') {
            return before != '+' && before != '-';
        }
        boolean isInside = before == ' ' && text.isDigit(at - 2) && !named;
        boolean glued = isInside || NOT_BEFORE.indexOf(before) >= 0;
        return !glued
                || named && "=-./#&".indexOf(before) >= 0
                || before == '='
                || before == ',' && !text.isDigit(at - 2);
    }

    private static boolean isWhole(Text text, DigitGroups groups, int count) {
        int end = groups.end(count);
        char behind = text.at(end);
        int sign = text.skipBlanks(end);
        boolean isAmount = sign - end < 3 && "€$£%".indexOf(text.at(sign)) >= 0;
        boolean hasExtension = extension(text, end) > end;
        return groups.isWhole(count) && NOT_BEHIND.indexOf(behind) < 0 && !isAmount || hasExtension;
    }

    /** The longest that is given out, else the longest that could be. */
    private static int abroad(DigitGroups groups, String prefix) {
        int possible = -1;
        for (int k = groups.count(); k > 0; k--) {
            String digits = groups.text(k);
            if (digits.length() - prefix.length() < SHORTEST || !groups.isWhole(k)) {
                continue;
            }
            digits = digits.substring(prefix.length());
            if (digits.length() <= LONGEST && Phones.international(digits) != null) {
                return groups.end(k);
            }
            possible = possible < 0 && prefix.isEmpty() && Phones.isPossible(digits) ? groups.end(k) : possible;
        }
        return possible;
    }

    private static int atHome(Text text, DigitGroups groups, boolean named, boolean bracket) {
        if (groups.text(1).startsWith("00")) {
            return abroad(groups, "00");
        }
        for (int k = groups.count(); k > 0; k--) {
            int digits = groups.digits(k);
            if (digits >= 9
                    && digits <= 11
                    && isWhole(text, groups, k)
                    && isNational(text, groups, k, named, bracket)) {
                return groups.end(k);
            }
        }
        int all = groups.count();
        boolean isAny = named && groups.digits(all) <= LONGEST && isWhole(text, groups, all);
        return isAny ? groups.end(all) : -1;
    }

    private static boolean isNational(Text text, DigitGroups groups, int count, boolean named, boolean bracket) {
        String digits = groups.text(count);
        char first = digits.charAt(0);
        Language language = text.language();
        if (first == '0') {
            return isShape(groups, count, SHAPES_BEHIND_ZERO)
                    && (named || !isInDump(text, groups, count))
                    && Phones.e164(digits, language) != null;
        }
        if (digits.length() == 9) {
            boolean isSpanish = named || count > 1 && groups.separator(0) != '.' && language == Language.ES;
            return isSpanish && isShape(groups, count, SPANISH_SHAPES) && Phones.e164(digits, language) != null;
        }
        boolean mixed = count == 3 && groups.separator(0) == '.' && groups.separator(1) != '.';
        boolean american = !mixed && groups.has(3, 3, 4) || groups.has(1, 3, 3, 4) && first == '1';
        if (american && isPlanned(digits) && (bracket || groups.separator(count - 2) == '-')) {
            return true;
        }
        return (american || named) && Phones.e164(digits, language) != null;
    }

    private static boolean isShape(DigitGroups groups, int count, Set<String> shapes) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < count; i++) {
            shape.append(Math.min(groups.length(i), 11)).append(i < count - 1 ? " " : "");
        }
        return shapes.contains(shape.toString());
    }

    /** Bytes in pairs of digits, of which there are more before or behind. */
    private static boolean isInDump(Text text, DigitGroups groups, int count) {
        int start = groups.start();
        boolean isBehind =
                Chars.isHex(text.at(start - 2)) && Chars.isHex(text.at(start - 3)) && text.at(start - 4) == ' ';
        int more = groups.separator(count - 1) == ' ' ? 2 : 1;
        boolean goesOn = groups.count() >= count + more && groups.length(count) == 2;
        return groups.has(2, 2, 2, 2, 2) && (isBehind || goesOn);
    }

    /** In the numbering plan of North America neither area nor exchange begins with 0 or 1. */
    private static boolean isPlanned(String digits) {
        int area = digits.length() - 10;
        return digits.charAt(area) >= '2';
    }

    private static int extension(Text text, int end) {
        int at = text.skipBlanks(text.skip(end, ','));
        for (String word : EXTENSIONS) {
            if (at - end < 3 && text.startsWith(word, at)) {
                int digits = text.skipBlanks(at + word.length());
                int last = digits;
                while (text.isDigit(last) && last - digits < 7) {
                    last++;
                }
                if (last > digits && last - digits < 7 && !Chars.isWord(text.at(last))) {
                    return last;
                }
            }
        }
        return end;
    }

    /** In E.164 when it is given out anywhere, else the digits. Its extension follows. */
    static String normal(String number, Language language) {
        String lower = number.toLowerCase(Locale.ROOT);
        int cut = Math.max(Math.max(lower.indexOf('x'), lower.indexOf("poste")), lower.indexOf("ext"));
        String digits = digits(cut < 0 ? number : number.substring(0, cut));
        String extension = cut < 0 ? "" : ";" + digits(number.substring(cut));
        if (digits.isEmpty()) {
            return Chars.bases(number, "");
        }
        boolean plus = number.indexOf('+') >= 0;
        String abroad = plus ? digits : digits.startsWith("00") ? digits.substring(2) : null;
        String e164 = abroad != null ? Phones.international(abroad) : Phones.e164(digits, language);
        return (e164 != null ? e164 : planned(digits, abroad)) + extension;
    }

    private static String planned(String digits, String abroad) {
        if (abroad != null) {
            return "+" + abroad;
        }
        boolean american = digits.length() == 10 && digits.charAt(0) >= '2';
        return american ? "+1" + digits : digits.length() == 11 && digits.charAt(0) == '1' ? "+" + digits : digits;
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (Chars.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return digits.toString();
    }
}
