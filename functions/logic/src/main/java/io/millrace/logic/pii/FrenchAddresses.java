package io.millrace.logic.pii;

import java.util.Locale;

/** "12 bis, rue de la Paix, 75002 Paris", and without a number where postcode and city follow. */
final class FrenchAddresses implements Detector {
    @Override
    public PiiSpan find(Text text, int at) {
        boolean numbered = text.isDigit(at);
        int kind = numbered ? number(text, at) : at;
        int word = kind < 0 ? kind : text.wordEnd(kind);
        if (word <= kind || !WordKind.STREET_FR.in(text.kinds(kind, word))) {
            return null;
        }
        int name = text.skip(word, '.');
        if (text.at(name) != ' ') {
            return null;
        }
        StreetName street = StreetName.at(text, name + 1);
        if (street.end() == name + 1) {
            return null;
        }
        int start = AddressParts.separator(text, complement(text, street.end()));
        int end = AddressParts.postcodeAndCity(text, start);
        if (end > start) {
            return new PiiSpan(PiiType.ADDRESS, at, AddressParts.country(text, end));
        }
        boolean isStreet = street.hasCapital() || !WordKind.ALSO_WORD.in(text.kinds(kind, word));
        return numbered && isStreet ? new PiiSpan(PiiType.ADDRESS, at, inCity(text, street.end())) : null;
    }

    /** Where the kind of street begins; negative when that is no number of a house. */
    private static int number(Text text, int at) {
        int end = AddressParts.digits(text, at, 1, 4);
        char before = text.at(at - 1);
        if (end == at || before == '.' || before == '/' || before == '-') {
            return -1;
        }
        int repeat = text.skip(end, ' ');
        int word = text.wordEnd(repeat);
        String letters = text.between(repeat, word).toLowerCase(Locale.ROOT);
        boolean isRepeat = letters.equals("bis")
                || letters.equals("ter")
                || letters.equals("quater")
                || letters.length() == 1 && letters.charAt(0) <= 'f' && Chars.isUpper(text.at(repeat));
        end = isRepeat ? word : end;
        int next = text.skipBlanks(text.skip(end, ','));
        return next == end ? -1 : next;
    }

    /** "Bâtiment C", "appartement 12", "2e étage" between the street and the city. */
    private static int complement(Text text, int at) {
        int end = at;
        for (int parts = 0; parts < 2; parts++) {
            int start = AddressParts.separator(text, end);
            int word = text.wordEnd(start);
            if (start == end || !WordKind.UNIT.in(text.kinds(start, word))) {
                return end;
            }
            int number = text.skipBlanks(text.skip(word, '.'));
            int last = number;
            while (last - number < 5 && Chars.isLetterOrDigit(text.at(last)) && last < text.to()) {
                last++;
            }
            end = last > number && !Chars.isWord(text.at(last)) ? last : word;
        }
        return end;
    }

    /** "à Lyon", ", Lyon". */
    private static int inCity(Text text, int at) {
        int end = complement(text, at);
        int start = text.startsWith(" à ", end) ? end + 3 : AddressParts.separator(text, end);
        int city = start > end ? AddressParts.city(text, start) : end;
        boolean known = city > start && WordKind.PLACE.in(text.kinds(start, text.wordEnd(start)));
        return known || city > start && start == end + 3 && text.at(end + 1) == 'à'
                ? AddressParts.country(text, city)
                : end;
    }
}
