package io.millrace.logic.pii;

/** "12B North Main St., Apt 4, Springfield, IL 62704", "10 Downing Street, London SW1A 2AA", "P.O. Box 123". */
final class EnglishAddresses implements Detector {
    private static final int MAX_WORDS = 5;

    @Override
    public PiiSpan find(Text text, int at) {
        int street = text.isDigit(at) ? street(text, at) : Math.max(box(text, at), flat(text, at));
        return street < 0 ? null : new PiiSpan(PiiType.ADDRESS, at, rest(text, street));
    }

    private static int street(Text text, int at) {
        int number = AddressParts.digits(text, at, 1, 6);
        char before = text.at(at - 1);
        if (number == at || before == '$' || before == '.' || before == '/' || before == '-' || before == '#') {
            return -1;
        }
        number += Chars.isAsciiLetter(text.at(number)) && !Chars.isWord(text.at(number + 1)) ? 1 : 0;
        int range = text.at(number) == '-' ? AddressParts.digits(text, number + 1, 1, 5) : number;
        number = range > number + 1 ? range : number;
        int i = text.skip(number, ',');
        if (text.at(i) != ' ') {
            return -1;
        }
        int end = -1;
        i++;
        for (int words = 0; words < MAX_WORDS; words++) {
            int word = word(text, i);
            if (word == i || WordKind.ENGLISH.in(text.kindsAt(i))) {
                break;
            }
            if (words > 0 && WordKind.STREET_EN.in(text.kinds(i, word)) || isBroadway(text, i, word)) {
                end = text.at(word) == '.' && word - i <= 4 ? word + 1 : word;
            } else if (end > 0) {
                break;
            }
            word = text.skip(word, '.');
            if (text.at(word) != ' ') {
                break;
            }
            i = word + 1;
        }
        return end;
    }

    private static boolean isBroadway(Text text, int start, int end) {
        return text.between(start, end).equals("Broadway");
    }

    /** A word with a capital letter, or an ordinal as "42nd". */
    private static int word(Text text, int at) {
        int digits = AddressParts.digits(text, at, 1, 3);
        if (digits > at) {
            int end = text.wordEnd(digits);
            return end - digits == 2 ? end : at;
        }
        return AddressParts.isCapital(text, at) ? AddressParts.compound(text, at) : at;
    }

    /** "Flat 2, 10 King's Road". */
    private static int flat(Text text, int at) {
        int number = text.skip(text.wordEnd(at), ' ');
        int end = AddressParts.digits(text, number, 1, 4);
        end += Chars.isUpper(text.at(end)) ? 1 : 0;
        int house = AddressParts.separator(text, end);
        return end > number && house > end && text.isDigit(house) ? street(text, house) : -1;
    }

    /** P.O. Box 123. */
    private static int box(Text text, int at) {
        if (!text.startsWith("PO Box ", at) && !text.startsWith("P.O. Box ", at) && !text.startsWith("P.O Box ", at)) {
            return -1;
        }
        int number = at + (text.at(at + 1) == 'O' ? 7 : text.at(at + 4) == ' ' ? 8 : 9);
        number = text.startsWith("P.O. Box ", at) ? at + 9 : number;
        int end = AddressParts.digits(text, number, 1, 6);
        return end > number ? end : -1;
    }

    private static int rest(Text text, int street) {
        int end = street;
        int direction = text.at(end) == ' ' ? text.wordEnd(end + 1) : end;
        if (direction > end
                && direction - end <= 3
                && WordKind.DIRECTION.in(text.kinds(end + 1, direction))
                && Chars.isUpper(text.at(end + 1))) {
            end = direction;
        }
        end = unit(text, end);
        int start = AddressParts.separator(text, end);
        int city = start > end ? AddressParts.city(text, start) : start;
        int state = state(text, start > end ? start : -1, city);
        if (state > 0) {
            end = state;
        } else if (city > start && WordKind.PLACE.in(text.kinds(start, text.wordEnd(start)))) {
            end = city;
        } else if (start > end && postcode(text, start) > start) {
            end = postcode(text, start);
        }
        return AddressParts.country(text, end);
    }

    /** "Apt 4B", "Suite #200", "Flat 2", at most twice. */
    private static int unit(Text text, int at) {
        int end = at;
        for (int units = 0; units < 2; units++) {
            int start = AddressParts.separator(text, end);
            int word = text.wordEnd(start);
            if (isFloor(text, start, word)) {
                end = text.wordEnd(text.skip(word, ' '));
                continue;
            }
            boolean isUnit = WordKind.UNIT.in(text.kinds(start, word)) || text.at(start) == '#';
            if (start == end || !isUnit) {
                break;
            }
            int number = text.skip(text.skipBlanks(text.skip(word, '.')), '#');
            int last = number;
            while (last - number < 6
                    && (Chars.isLetterOrDigit(text.at(last)) || text.at(last) == '-')
                    && last < text.to()) {
                last++;
            }
            boolean isNumber = last > number && (Numbering.digits(text, number, last) > 0 || last - number == 1);
            if (!isNumber || Chars.isWord(text.at(last))) {
                break;
            }
            end = last;
        }
        return end;
    }

    /** "Fifth Floor". */
    private static boolean isFloor(Text text, int start, int end) {
        return text.at(end) == ' ' && text.startsWith("Floor", end + 1) && AddressParts.isCapital(text, start);
    }

    /** A state with its ZIP code, or a postcode, behind a city or a comma; negative when there is none. */
    private static int state(Text text, int start, int city) {
        if (start < 0) {
            return -1;
        }
        int after = AddressParts.separator(text, city);
        int code = postcode(text, after);
        if (code > after && city > start) {
            return code;
        }
        int last = text.wordStart(city);
        if (city - last == 2 && Chars.isUpper(text.at(last + 1)) && code > after) {
            return code;
        }
        int abbreviation = after > city ? text.wordEnd(after) : after;
        boolean isState =
                abbreviation - after == 2 && Chars.isUpper(text.at(after)) && Chars.isUpper(text.at(after + 1))
                        || WordKind.PLACE.in(text.kinds(after, abbreviation));
        if (!isState) {
            return -1;
        }
        int name = Math.max(abbreviation, AddressParts.city(text, after));
        int zip = text.skipBlanks(text.skip(name, ','));
        int end = postcode(text, zip);
        return end > zip ? end : name;
    }

    /** A ZIP code, or a postcode of the United Kingdom. */
    private static int postcode(Text text, int at) {
        int zip = AddressParts.digits(text, at, 5, 5);
        if (zip > at) {
            int more = text.at(zip) == '-' ? AddressParts.digits(text, zip + 1, 4, 4) : zip;
            return more > zip + 1 ? more : Chars.isWord(text.at(zip)) ? at : zip;
        }
        int i = at;
        while (i - at < 2 && Chars.isUpper(text.at(i))) {
            i++;
        }
        int area = i;
        while (i - area < 2 && text.isDigit(i)) {
            i++;
        }
        if (area == at || i == area) {
            return at;
        }
        i += Chars.isUpper(text.at(i)) && text.at(i + 1) == ' ' ? 1 : 0;
        i = text.skip(i, ' ');
        boolean inward = text.isDigit(i) && Chars.isUpper(text.at(i + 1)) && Chars.isUpper(text.at(i + 2));
        return inward && !Chars.isWord(text.at(i + 3)) ? i + 3 : at;
    }
}
