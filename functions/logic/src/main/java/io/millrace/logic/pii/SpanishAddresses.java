package io.millrace.logic.pii;

/** "Calle Mayor, 12, 3º B, 28013 Madrid", "C/ de Alcalá nº 5", "Avda. Diagonal s/n, 08019 Barcelona". */
final class SpanishAddresses implements Detector {
    private static final String[] NUMBER_SIGNS = {
        "nº", "n.º", "n°", "núm.", "num.", "número", "numero", "#", "No.", "Nº", "N.º"
    };

    @Override
    public PiiSpan find(Text text, int at) {
        int word = text.wordEnd(at);
        if (!WordKind.STREET_ES.in(text.kinds(at, word)) || !text.isBoundary(at)) {
            return null;
        }
        boolean isLetter = word - at == 1;
        int name = isLetter ? text.skip(text.skip(word, '/'), '.') : text.skip(text.skip(word, '.'), 'ª');
        if (isLetter && name == word) {
            return null;
        }
        int start = text.skip(name, ' ');
        StreetName street = StreetName.at(text, start);
        if (street.end() == start || start == word) {
            return null;
        }
        int house = number(text, street.end());
        int end = rest(text, house > 0 ? house : street.end());
        int code = house > 0 ? AddressParts.separator(text, house) : -1;
        boolean isWritten = street.hasCapital() || code > house && AddressParts.digits(text, code, 5, 5) > code;
        boolean isWhole = isWritten && (house > 0 || end > street.end());
        return isWhole ? new PiiSpan(PiiType.ADDRESS, at, end) : null;
    }

    /** Where the number of the house ends; negative when there is none. */
    private static int number(Text text, int street) {
        int i = AddressParts.separator(text, street);
        if (text.startsWith("s/n", i) || text.startsWith("S/N", i)) {
            return i + 3;
        }
        for (String sign : NUMBER_SIGNS) {
            if (text.startsWith(sign, i)) {
                i = text.skipBlanks(i + sign.length());
                break;
            }
        }
        int end = i == street ? i : AddressParts.digits(text, i, 1, 4);
        if (end == i) {
            return -1;
        }
        end += Chars.isAsciiLetter(text.at(end)) && !Chars.isWord(text.at(end + 1)) ? 1 : 0;
        if (text.startsWith(" bis", end)) {
            end += 4;
        }
        if (text.at(end) == '-' && text.isDigit(end + 1)) {
            end = Math.max(end, AddressParts.digits(text, end + 1, 1, 4));
        }
        return Chars.isWord(text.at(end)) || text.goesOn(end) ? -1 : end;
    }

    private static int rest(Text text, int at) {
        int end = at;
        for (int parts = 0; parts < 4; parts++) {
            int start = AddressParts.separator(text, end);
            int part = start == end ? start : door(text, start);
            if (part == start) {
                break;
            }
            end = part;
        }
        int start = AddressParts.separator(text, end);
        int city = AddressParts.postcodeAndCity(text, start);
        if (city > start) {
            return AddressParts.country(text, city);
        }
        start = text.startsWith(" de ", end) || text.startsWith(" en ", end) ? end + 4 : start;
        boolean known = start > end && WordKind.PLACE.in(text.kindsAt(start));
        return known && AddressParts.isCapital(text, start)
                ? AddressParts.country(text, AddressParts.city(text, start))
                : end;
    }

    /** "3º B", "piso 2", "bajo", "esc. izda". */
    private static int door(Text text, int at) {
        int digits = AddressParts.digits(text, at, 1, 2);
        if (digits > at && (text.at(digits) == 'º' || text.at(digits) == 'ª' || text.at(digits) == '°')) {
            int end = digits + 1;
            int letter = text.skipBlanks(text.skip(end, '-'));
            boolean isDoor = Chars.isLetterOrDigit(text.at(letter)) && !Chars.isWord(text.at(letter + 1));
            return isDoor && (Chars.isUpper(text.at(letter)) || text.isDigit(letter)) ? letter + 1 : end;
        }
        int word = text.wordEnd(at);
        if (!WordKind.UNIT.in(text.kinds(at, word))) {
            return at;
        }
        int number = text.skipBlanks(text.skip(word, '.'));
        int last = number;
        while (last - number < 3 && (Chars.isUpper(text.at(last)) || text.isDigit(last)) && last < text.to()) {
            last++;
        }
        boolean isNumber = last > number && !Chars.isWord(text.at(last));
        return isNumber ? text.skip(last, 'º') : text.skip(word, '.');
    }
}
