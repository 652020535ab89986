package io.millrace.logic.pii;

/**
 * Names of people: known given names with what follows them, and what titles, greetings, introductions, labels and the
 * ends of letters announce.
 */
final class PersonDetector implements Detector {
    private static final int MAX_WORDS = 4;
    /** "with", "avec", "de", "a". */
    private static final int BEFORE_PEOPLE = WordKind.HUMAN.bit()
            | WordKind.JOINT.bit()
            | WordKind.PARTICLE.bit()
            | WordKind.ENGLISH.bit()
            | WordKind.FRENCH.bit()
            | WordKind.SPANISH.bit();

    private static final int NO_PERSON_BEHIND = WordKind.ORGANISATION.bit() | WordKind.STREET_EN.bit();
    private static final int NO_PERSON_BEFORE =
            WordKind.SAINT.bit() | WordKind.STREET_ES.bit() | WordKind.STREET_FR.bit();

    @Override
    public PiiSpan find(Text text, int at) {
        if (text.at(at) == '<') {
            return mailbox(text, at);
        }
        if (text.at(at) == '\n') {
            return lastLine(text, at + 1);
        }
        if (!text.isBoundary(at) || text.isDismissed(at) || text.at(at - 1) == '@' || text.at(at - 1) == '#') {
            return null;
        }
        int end = text.wordEnd(at);
        int kinds = text.kinds(at, end);
        PiiSpan person = end - at == 1 && text.at(end) == '.' ? middle(text, at) : null;
        if (person == null && WordKind.INTRODUCTION.in(kinds)) {
            person = introduced(text, at, end);
        }
        if (person == null && WordKind.LABEL.in(kinds)) {
            person = labelled(text, at, end);
        }
        if (person == null && WordKind.TITLE.in(kinds)) {
            person = named(text, afterTitle(text, at), MAX_WORDS);
        }
        if (person == null && WordKind.GREETING.in(kinds)) {
            person = greeted(text, at, end);
        }
        if (person == null && WordKind.SIGNOFF.in(kinds)) {
            person = signed(text, end, !WordKind.JOINT.in(kinds));
        }
        if (person == null && WordKind.HUMAN.in(kinds)) {
            person = human(text, end);
        }
        if (person == null && WordKind.SURNAME.in(kinds)) {
            person = surname(text, at, kinds);
        }
        if (person == null && WordKind.GIVEN.in(kinds)) {
            person = given(text, at, kinds);
        }
        return person;
    }

    /** Null when no name begins there. */
    private static PiiSpan named(Text text, int at, int maxWords) {
        int end = at < 0 ? at : Names.end(text, at, maxWords);
        return end <= at || end - at == 2 && text.at(at + 1) == '.' ? null : new PiiSpan(PiiType.PERSON, at, end);
    }

    /** Where the name begins behind a title; negative when it is no title. */
    private static int afterTitle(Text text, int at) {
        int word = text.wordEnd(at);
        int end = text.skip(word, '.');
        boolean isOneLetter = word - at == 1;
        boolean small = !Chars.isUpper(text.at(at)) && word - at < 3;
        return isOneLetter && end == word || small || text.at(end) != ' ' ? -1 : end + 1;
    }

    private static PiiSpan given(Text text, int at, int kinds) {
        char before = text.at(at - 1);
        int behind = text.kindsBefore(at);
        if (!Chars.isUpper(text.at(at)) || before == '-' || before == '/' || before == '.') {
            return null;
        }
        int end = Names.end(text, at, MAX_WORDS);
        if ((behind & NO_PERSON_BEFORE) != 0 || text.at(end) == ' ' && isPlaceBehind(text, end + 1)) {
            text.dismiss(end);
            return null;
        }
        int first = Names.end(text, at, 1);
        if (first == at || end == at) {
            return null;
        }
        boolean alone = end == first;
        boolean shouted = Chars.isUpper(text.at(at + 1));
        if (WordKind.ALSO_WORD.in(kinds) || shouted) {
            boolean isSurname = !alone && WordKind.SURNAME.in(text.kindsAt(first + 1));
            boolean isGiven = !alone && WordKind.GIVEN.in(text.kindsAt(first + 1)) && end > text.wordEnd(first + 1);
            boolean isInitial = !alone && text.at(first + 2) == '.';
            boolean isLikely = !alone && !shouted && !Names.isSentenceStart(text, at);
            if (WordKind.ALSO_WORD.in(kinds) && isArticle(text, at)) {
                return null;
            }
            return isSurname || isGiven || isInitial || isLikely ? new PiiSpan(PiiType.PERSON, at, end) : null;
        }
        return new PiiSpan(PiiType.PERSON, at, end);
    }

    /** "the Morgan Stanley report" is of no person. */
    private static boolean isArticle(Text text, int at) {
        return text.startsWith("the ", at - 4) || text.startsWith("The ", at - 4);
    }

    private static boolean isPlaceBehind(Text text, int at) {
        return (text.kindsAt(at) & NO_PERSON_BEHIND) != 0 && Chars.isUpper(text.at(at));
    }

    /** Behind an initial, or a word with a capital letter within a sentence. */
    private static PiiSpan surname(Text text, int at, int kinds) {
        int end = Names.end(text, at, 2);
        if (end == at
                || text.at(at - 1) != ' '
                || WordKind.ALSO_WORD.in(kinds) && text.at(at - 2) != '.'
                || text.at(end) == ' ' && isPlaceBehind(text, end + 1)) {
            return null;
        }
        int start = at - 1;
        if (text.at(start - 1) == '.') {
            while (text.at(start - 1) == '.'
                    && Chars.isUpper(text.at(start - 2))
                    && !Chars.isWord(text.at(start - 3))) {
                start -= 2;
            }
            return start == at - 1 ? null : new PiiSpan(PiiType.PERSON, start, end);
        }
        int word = text.wordStart(start);
        boolean isName =
                word > text.floor() - 1 && Names.word(text, word) == start && !Names.isSentenceStart(text, word);
        return isName && text.at(word - 1) == ' ' ? new PiiSpan(PiiType.PERSON, word, end) : null;
    }

    /** An initial between two words with capital letters. */
    private static PiiSpan middle(Text text, int at) {
        int end = Names.end(text, at, 2);
        int start = text.at(at - 1) == ' ' ? text.wordStart(at - 1) : at;
        boolean isName = start < at && end > at + 2 && Names.word(text, start) == at - 1 && text.isBoundary(start);
        return isName ? new PiiSpan(PiiType.PERSON, start, end) : null;
    }

    /** "my name is Jane", "je m'appelle Jeanne", "me llamo Juana". */
    private static PiiSpan introduced(Text text, int at, int end) {
        int i = end;
        boolean verb = !WordKind.LABEL.in(text.kinds(at, end));
        if (!verb) {
            int before = text.kindsBefore(at);
            int of = text.wordEnd(i + 1);
            if (WordKind.JOINT.in(before) && text.at(i) == ' ' && (text.kinds(i + 1, of) & BEFORE_PEOPLE) != 0) {
                return text.at(of) == ' ' ? named(text, of + 1, MAX_WORDS) : null;
            }
            if (!WordKind.OWN.in(before)) {
                return null;
            }
            i = text.startsWith("'s ", i) ? i + 1 : text.skip(i, ' ');
            int copula = text.wordEnd(i);
            if (!WordKind.COPULA.in(text.kinds(i, copula))) {
                return null;
            }
            i = copula;
        }
        int start = text.skip(i, ' ');
        if (start == i) {
            return null;
        }
        return Chars.isUpper(text.at(start)) ? named(text, start, MAX_WORDS) : small(text, start);
    }

    /** A known name in small letters, and a known surname behind it. */
    private static PiiSpan small(Text text, int at) {
        int end = text.wordEnd(at);
        if (!WordKind.GIVEN.in(text.kinds(at, end))) {
            return null;
        }
        int next = text.skip(end, ' ');
        int surname = text.wordEnd(next);
        boolean isSurname = next > end && WordKind.SURNAME.in(text.kinds(next, surname));
        return new PiiSpan(PiiType.PERSON, at, isSurname ? surname : end);
    }

    /** "Name: Jane Doe", at the begin of a line, or where a word says that it is the name of a person. */
    private static PiiSpan labelled(Text text, int at, int end) {
        int colon = end;
        while (colon - end < 4 && " '\"*".indexOf(text.at(colon)) >= 0) {
            colon++;
        }
        if (text.at(colon) != ':' && text.at(colon) != '=') {
            return null;
        }
        int before = text.kindsBefore(at);
        boolean isLabel = WordKind.OWN.in(before)
                || WordKind.LABEL.in(before)
                || Names.isSentenceStart(text, at)
                || ",({".indexOf(text.at(at - 1)) >= 0
                || ",({".indexOf(text.at(at - 2)) >= 0;
        if (!isLabel) {
            return null;
        }
        int start = colon + 1;
        while (start - colon < 5 && " '\"*\t".indexOf(text.at(start)) >= 0) {
            start++;
        }
        int title = WordKind.TITLE.in(text.kindsAt(start)) ? afterTitle(text, start) : -1;
        return named(text, title > 0 ? title : start, MAX_WORDS);
    }

    /** "Dear Jane," and not "Dear customers are". */
    private static PiiSpan greeted(Text text, int at, int end) {
        int start = text.skip(text.skip(end, ','), ' ');
        if (start == end || !Chars.isUpper(text.at(at)) || WordKind.TITLE.in(text.kindsAt(start))) {
            return null;
        }
        PiiSpan name = named(text, start, MAX_WORDS);
        if (name == null) {
            return null;
        }
        char behind = text.at(name.end());
        boolean isAddressed = ",!:\n\r;.".indexOf(behind) >= 0 || text.startsWith(" -", name.end());
        return isAddressed ? name : null;
    }

    /** "spoke with Rahsaan Kuhic": two words at least that are known as nothing else. */
    private static PiiSpan human(Text text, int end) {
        int i = text.skip(end, ' ');
        int small = text.wordEnd(i);
        if (small > i && small - i < 6 && !Chars.isUpper(text.at(i)) && (text.kinds(i, small) & BEFORE_PEOPLE) != 0) {
            i = text.skip(small, ' ');
        }
        PiiSpan name = text.at(i - 1) == ' ' ? named(text, i, MAX_WORDS) : null;
        if (name == null || name.end() == Names.end(text, i, 1)) {
            return null;
        }
        boolean isPlace = text.at(name.end()) == ' ' && isPlaceBehind(text, name.end() + 1);
        return isPlace || !isUnknown(text, i) ? null : name;
    }

    private static boolean isUnknown(Text text, int at) {
        int kinds = text.kindsAt(at);
        return kinds == 0
                || (kinds & (WordKind.GIVEN.bit() | WordKind.SURNAME.bit())) != 0 && !WordKind.ALSO_WORD.in(kinds);
    }

    /** A name alone on the last line, behind an empty one. */
    private static PiiSpan lastLine(Text text, int at) {
        PiiSpan name = named(text, at, 2);
        return name != null && name.end() == text.length() ? name : null;
    }

    /** {@code Jane Doe <jane@example.com>} (RFC 5322 §3.4). */
    private static PiiSpan mailbox(Text text, int at) {
        int sign = at + 1;
        while (sign - at < 64 && Chars.isWord(text.at(sign)) || ".+-".indexOf(text.at(sign)) >= 0) {
            sign++;
        }
        int end = at;
        while (at - end < 3 && " \"".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        int last = end;
        for (int words = 0; words < MAX_WORDS && text.at(sign) == '@'; words++) {
            int word = start;
            while (start - word < 30
                    && (Chars.isLetter(text.at(word - 1)) || ".'-".indexOf(text.at(word - 1)) >= 0)
                    && word > text.floor()) {
                word--;
            }
            if (word == start || !Chars.isUpper(text.at(word))) {
                break;
            }
            last = word;
            start = text.at(word - 1) == ' ' ? word - 1 : word;
        }
        return last < end ? new PiiSpan(PiiType.PERSON, last, end) : null;
    }

    /**
     * "Best regards,\nJane Doe".
     *
     * @param isDistinct whether the word comes at the end of letters alone, so that the name may follow on its line
     */
    private static PiiSpan signed(Text text, int end, boolean isDistinct) {
        int i = end;
        boolean line = false;
        while (i - end < 8 && ",.!\n\r -".indexOf(text.at(i)) >= 0 && i < text.to()) {
            line |= text.at(i) == '\n' || isDistinct && (text.at(i) == ',' || text.at(i) == '.');
            i++;
        }
        PiiSpan name = line ? named(text, i, MAX_WORDS) : null;
        if (name == null) {
            return null;
        }
        char behind = text.at(text.skipBlanks(name.end()));
        return behind == '\n' || behind == '\r' || behind == ',' || behind == '|' || behind == '.' ? name : null;
    }
}
