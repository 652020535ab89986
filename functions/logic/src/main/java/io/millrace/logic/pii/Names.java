package io.millrace.logic.pii;

/** How names are written: words with capital letters, initials, and small words between them. */
final class Names {
    private static final int NO_NAME =
            WordKind.STOP.bit() | WordKind.ORGANISATION.bit() | WordKind.STREET_EN.bit() | WordKind.PLACE.bit();
    private static final int A_NAME = WordKind.GIVEN.bit() | WordKind.SURNAME.bit();

    private Names() {}

    /** Where the name ends that begins there, of so many words at most; {@code at} when none does. */
    static int end(Text text, int at, int maxWords) {
        int end = at;
        int i = at;
        int words = 0;
        while (words < maxWords) {
            int word = word(text, i);
            if (word == i) {
                word = Math.max(particle(text, i), words == 0 ? i : letter(text, i));
                if (word == i) {
                    break;
                }
            } else {
                end = word;
                words++;
            }
            if (text.at(word) != ' ' && text.at(word) != '-') {
                break;
            }
            i = word + 1;
        }
        return text.at(end) == '@' || text.at(end) == '.' && Chars.isLetter(text.at(end + 1)) && end - at > 2
                ? at
                : end;
    }

    /** A word of a name, or an initial with its dot. */
    static int word(Text text, int at) {
        if (!Chars.isUpper(text.at(at)) || at >= text.to()) {
            return at;
        }
        int end = text.wordEnd(at);
        if (end - at == 1 && text.at(end) == '.') {
            return end + 1;
        }
        while (text.at(end) == '\'' && Chars.isUpper(text.at(end + 1)) && end - at <= 2
                || text.at(end) == '-' && Chars.isUpper(text.at(end + 1)) && end - at < 40) {
            end = text.wordEnd(end + 1);
        }
        return end - at < 2 || Chars.isWord(text.at(end)) || !isName(text, at, end) ? at : end;
    }

    private static boolean isName(Text text, int start, int end) {
        int first = text.wordEnd(start);
        if (first - start == 1) {
            return true;
        }
        int kinds = text.kinds(start, first);
        return (kinds & A_NAME) != 0 || (kinds & NO_NAME) == 0 && !isShouted(text, start, end);
    }

    /** An abbreviation, or a word in capitals alone, unless a name is known. */
    private static boolean isShouted(Text text, int start, int end) {
        return end - start < 4 && Chars.isUpper(text.at(start + 1)) && Chars.isUpper(text.at(end - 1));
    }

    /** An initial without its dot, before another word. */
    private static int letter(Text text, int at) {
        boolean isLetter = Chars.isUpper(text.at(at)) && text.at(at + 1) == ' ';
        return isLetter && word(text, at + 2) > at + 4 ? at + 1 : at;
    }

    /** {@code de la}, {@code van der}: small words before another word of a name. */
    private static int particle(Text text, int at) {
        int i = at;
        for (int particles = 0; particles < 2; particles++) {
            int end = text.wordEnd(i);
            boolean elided = text.at(end) == '\'' && end - i == 1;
            if (!elided && (text.at(end) != ' ' || !WordKind.PARTICLE.in(text.kinds(i, end)))) {
                return at;
            }
            if (word(text, end + 1) > end + 1) {
                return end;
            }
            i = end + 1;
        }
        return at;
    }

    /** Whether what begins there begins a sentence, a line or a cell, where all words have capital letters. */
    static boolean isSentenceStart(Text text, int at) {
        int i = at - 1;
        while (at - i < 4 && (text.at(i) == ' ' || text.at(i) == '"' || text.at(i) == '*' || text.at(i) == '(')) {
            i--;
        }
        return ".!?:\n\r-•>|;".indexOf(text.at(i)) >= 0;
    }
}
