package io.millrace.logic.pii;

/** National ids that begin with a digit: NIR (FR), DNI and social security (ES), SSN and ITIN (US), NHS (UK). */
final class NumberedIds implements Detector {
    private static final String SEPARATORS = " -.";
    private static final int LONGEST = 15;

    @Override
    public PiiSpan find(Text text, int at) {
        char before = text.at(at - 1);
        if (!text.isDigit(at + 1) && text.at(at + 1) != ' '
                || (before == '.' || before == '-') && Chars.isWord(text.at(at - 2))) {
            return null;
        }
        DigitGroups groups = DigitGroups.read(text, at, SEPARATORS, LONGEST);
        if (groups.count() == 0) {
            return null;
        }
        boolean named = text.isNear(WordKind.IDENTITY, at);
        int end = dni(text, groups);
        end = end < 0 ? nir(text, at, named) : end;
        end = end < 0 ? ssn(groups, named) : end;
        end = end < 0 ? nhs(text, groups, named) : end;
        end = end < 0 ? nss(groups, named) : end;
        return end < 0 ? null : new PiiSpan(PiiType.NATIONAL_ID, at, end);
    }

    private static int dni(Text text, DigitGroups groups) {
        int count = groups.has(8) ? 1 : groups.has(2, 3, 3) ? 3 : groups.has(1, 3, 3) ? 3 : 0;
        if (count == 0) {
            return -1;
        }
        int letter = groups.end(count);
        letter += text.at(letter) == '-' || text.at(letter) == ' ' && Chars.isUpper(text.at(letter + 1)) ? 1 : 0;
        char c = text.at(letter);
        return Chars.isAsciiLetter(c)
                        && !Chars.isWord(text.at(letter + 1))
                        && Checksums.dni(groups.text(count), Character.toUpperCase(c))
                ? letter + 1
                : -1;
    }

    /** Sex, year, month, department (2A and 2B are Corsica's), commune, order, key. */
    private static int nir(Text text, int at, boolean named) {
        char sex = text.at(at);
        if (sex != '1' && sex != '2' && sex != '7' && sex != '8') {
            return -1;
        }
        StringBuilder nir = new StringBuilder(15);
        int end = at;
        int i = at;
        while (nir.length() < 15) {
            i += nir.length() > 0 && SEPARATORS.indexOf(text.at(i)) >= 0 ? 1 : 0;
            char c = text.at(i);
            boolean isCorsica = nir.length() == 6 && nir.charAt(5) == '2' && (c == 'A' || c == 'B');
            if (!Chars.isDigit(c) && !isCorsica) {
                break;
            }
            nir.append(c);
            end = ++i;
        }
        boolean whole = nir.length() == 15 && !Chars.isWord(text.at(end));
        if (whole && isMonth(nir) && (named || Checksums.nir(nir.toString()))) {
            return end;
        }
        return -1;
    }

    /** Of who is not registered with a month of birth it is 20 or more. */
    private static boolean isMonth(StringBuilder nir) {
        int month = (nir.charAt(3) - '0') * 10 + nir.charAt(4) - '0';
        return month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50;
    }

    private static int ssn(DigitGroups groups, boolean named) {
        boolean written = groups.has(3, 2, 4) && groups.separator(0) == groups.separator(1);
        int count = written ? 3 : 1;
        if (!written && !(named && groups.has(9)) || !groups.isWhole(count)) {
            return -1;
        }
        if (!named && (groups.separator(0) != '-' || groups.separator(2) == '-')) {
            return -1;
        }
        String digits = groups.text(count);
        boolean isIssued = !digits.startsWith("000")
                && !digits.startsWith("666")
                && (digits.charAt(0) != '9' || digits.charAt(3) >= '5')
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000");
        return isIssued || named ? groups.end(count) : -1;
    }

    /** Telephone numbers of North America are written alike: without a word, what can't be one is taken. */
    private static int nhs(Text text, DigitGroups groups, boolean named) {
        boolean written = groups.has(3, 3, 4);
        int count = written ? 3 : 1;
        if (!written && !groups.has(10) || !groups.isWhole(count)) {
            return -1;
        }
        String digits = groups.text(count);
        boolean isOurs = named
                || written
                        && groups.separator(0) == ' '
                        && !text.isNear(WordKind.PHONE, groups.start())
                        && Phones.e164(digits, Language.EN) == null;
        return isOurs && Checksums.nhs(digits) ? groups.end(count) : -1;
    }

    private static int nss(DigitGroups groups, boolean named) {
        int count = groups.has(12) ? 1 : groups.has(2, 8, 2) ? 3 : groups.has(2, 10) ? 2 : 0;
        return named && count > 0 && groups.isWhole(count) && Checksums.nss(groups.text(count))
                ? groups.end(count)
                : -1;
    }
}
