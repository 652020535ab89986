package io.millrace.logic.pii;

import java.util.Locale;

/**
 * What addresses of all countries are made of. Each method gives where the part ends, and where it began without one.
 */
final class AddressParts {
    /** Within names of streets and cities. */
    static final int SMALL = WordKind.PARTICLE.bit() | WordKind.JOINT.bit();

    private static final int MAX_CITY_WORDS = 6;

    private AddressParts() {}

    /** A comma, a dash or a line's end, with blanks around. */
    static int separator(Text text, int at) {
        int i = text.skipBlanks(at);
        if (text.at(i) == ',' || text.at(i) == '-' && i > at || text.at(i) == ';') {
            i = text.skipBlanks(i + 1);
        }
        if ((text.at(i) == '\n' || text.at(i) == '\r') && i < text.to()) {
            i = text.skip(text.skip(i, '\r'), '\n');
            i = text.skipBlanks(i);
        } else if (text.startsWith("\\n", i)) {
            i = text.skipBlanks(i + 2);
        }
        return i;
    }

    static int digits(Text text, int at, int least, int most) {
        int end = at;
        while (end - at <= most && text.isDigit(end)) {
            end++;
        }
        return end - at < least || end - at > most ? at : end;
    }

    static boolean isCapital(Text text, int at) {
        return Chars.isUpper(text.at(at)) && at < text.to();
    }

    /** A word with what hyphens and apostrophes join to it. */
    static int compound(Text text, int at) {
        int end = text.wordEnd(at);
        while (end > at
                && (text.at(end) == '-' || text.at(end) == '\'')
                && Chars.isLetter(text.at(end + 1))
                && end - at < 60) {
            end = text.wordEnd(end + 1);
        }
        return Math.min(end, text.to());
    }

    /** Words with capital letters, and small ones between them. */
    static int city(Text text, int at) {
        int end = at;
        int i = at;
        for (int words = 0; words < MAX_CITY_WORDS; words++) {
            int word = compound(text, i);
            boolean isParticle = (text.kindsAt(i) & SMALL) != 0 && i > at;
            if (word == i || !isCapital(text, i) && !isParticle || isLastWord(text, i, word, at)) {
                break;
            }
            end = isCapital(text, i) ? word : end;
            if (text.at(word) == '.' && word - i <= 2) {
                word++;
            }
            if (text.at(word) != ' ') {
                break;
            }
            i = word + 1;
        }
        return end;
    }

    /** What begins a sentence, or is followed by a colon, is behind the city. */
    private static boolean isLastWord(Text text, int start, int end, int city) {
        return start > city
                        && WordKind.STOP.in(text.kinds(start, text.wordEnd(start)))
                        && !WordKind.PARTICLE.in(text.kindsAt(start))
                || Chars.isDigit(text.at(end))
                || text.at(end) == ':'
                || text.at(end) == '@';
    }

    /** Behind a separator, a country. */
    static int country(Text text, int at) {
        int start = separator(text, at);
        int end = start > at ? city(text, start) : at;
        if (end <= start) {
            return at;
        }
        int first = text.kinds(start, text.wordEnd(start));
        return WordKind.PLACE.in(first) ? end : at;
    }

    /**
     * Five digits and a city, as in France and Spain, and Cedex with its number. Of an unknown one in small letters
     * the digits alone.
     */
    static int postcodeAndCity(Text text, int at) {
        int code = digits(text, at, 5, 5);
        if (code == at || Chars.isWord(text.at(code))) {
            return at;
        }
        int start = text.skipBlanks(text.skip(code, ','));
        int end = city(text, start);
        if (end == start) {
            int small = text.wordEnd(start);
            return WordKind.PLACE.in(text.kinds(start, small)) ? small : code;
        }
        int district = digits(text, text.skipBlanks(end), 1, 2);
        boolean isCedex = text.between(start, end).toLowerCase(Locale.ROOT).endsWith("cedex");
        end = isCedex && district > text.skipBlanks(end) ? district : end;
        int province = text.at(end) == ' ' && text.at(end + 1) == '(' ? city(text, end + 2) : end;
        return province > end && text.at(province) == ')' ? province + 1 : end;
    }
}
