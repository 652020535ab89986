package io.millrace.logic.pii;

/** The name of a street behind its kind, as in French and Spanish: "de la Paix", "Victor Hugo", "del Carmen". */
final class StreetName {
    private static final int MAX_WORDS = 8;

    private final int end;
    private final boolean hasCapital;

    private StreetName(int end, boolean hasCapital) {
        this.end = end;
        this.hasCapital = hasCapital;
    }

    /** Of a name without capital letters one word is taken. */
    static StreetName at(Text text, int at) {
        int end = at;
        int i = at;
        boolean capital = false;
        boolean particle = false;
        boolean hasDay = false;
        for (int words = 0; words < MAX_WORDS; words++) {
            int word = AddressParts.compound(text, i);
            int number = word == i ? AddressParts.digits(text, i, 1, 4) : i;
            boolean isYear = hasDay && number - i == 4 && text.at(i) <= '2' && !text.isDigit(number);
            boolean isDate =
                    isYear || number > i && words <= 1 && text.at(number) == ' ' && Chars.isLetter(text.at(number + 1));
            hasDay |= isDate;
            if (word == i && !isDate) {
                break;
            }
            boolean upper = AddressParts.isCapital(text, i) && !(text.at(word) == ':');
            if (isDate) {
                word = number;
            } else if (!upper && isParticle(text, i, word)) {
                particle = true;
            } else if (upper || (end == at || isDay(text, end)) && (particle || words == 0)) {
                end = word;
                capital |= upper;
            } else {
                break;
            }
            word += text.at(word) == '.' && word - i <= 3 && upper ? 1 : 0;
            if (isDate) {
                end = word;
            }
            if (text.at(word) != ' ') {
                break;
            }
            i = word + 1;
        }
        return new StreetName(end, capital);
    }

    /** "rue du 8 mai 1945" has a day before its month. */
    private static boolean isDay(Text text, int end) {
        return text.isDigit(end - 1);
    }

    private static boolean isParticle(Text text, int start, int end) {
        return (text.kinds(start, end) & AddressParts.SMALL) != 0;
    }

    int end() {
        return end;
    }

    boolean hasCapital() {
        return hasCapital;
    }
}
