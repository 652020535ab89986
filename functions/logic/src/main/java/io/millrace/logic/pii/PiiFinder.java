package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a text from left to right, and asks detectors where a character or a word gives reason to. The first one
 * that finds something has it, and the search goes on behind. What begins before, as the local part of an address does,
 * takes in whatever of it was found. A text in which something was found is gone through again, until nothing is.
 */
final class PiiFinder {
    private static final Detector KEYS = new KnownSecrets();
    private static final Detector ASSIGNED = new AssignedSecrets();
    private static final Detector EMAIL = new EmailDetector();
    private static final Detector URL = new UrlDetector();
    private static final Detector MAC = new MacDetector();
    private static final Detector IP = new IpDetector();
    private static final Detector CARD = new CardDetector();
    private static final Detector IBAN = new IbanDetector();
    private static final Detector NUMBERED_IDS = new NumberedIds();
    private static final Detector LETTERED_IDS = new LetteredIds();
    private static final Detector NAMED_IDS = new NamedIds();
    private static final Detector ORDER = new OrderDetector();
    private static final Detector PHONE = new PhoneDetector();
    private static final Detector ENGLISH_ADDRESS = new EnglishAddresses();
    private static final Detector FRENCH_ADDRESS = new FrenchAddresses();
    private static final Detector SPANISH_ADDRESS = new SpanishAddresses();
    private static final Detector PERSON = new PersonDetector();

    private static final Detector[] AT_NUMBERS = {CARD, NUMBERED_IDS, ORDER, PHONE};
    private static final Detector[] AT_HOSTS = {MAC, IP};
    private static final Detector[] AT_HOUSES = {FRENCH_ADDRESS, ENGLISH_ADDRESS};
    private static final Detector[] AT_LETTERS_AND_DIGITS = {MAC, IP, IBAN, LETTERED_IDS, ORDER};
    private static final boolean[] SIGNS = new boolean[0x80];

    static {
        for (char sign : new char[] {'@', ':', '=', '+', '(', '-', '<', '\n'}) {
            SIGNS[sign] = true;
        }
    }

    /** So many are enough for all but who tries to need more. */
    private static final int MOST_PASSES = 8;

    private static final int HEX_GROUP = 4;
    /** Letters without a digit that may be the beginning of a key. */
    private static final int LONGEST_WORD = 20;
    /** Digits of the shortest number of a kind that is looked for. */
    private static final int SHORTEST_NUMBER = 7;

    private static final int LONGEST_HOUSE = 6;

    private static final int STREETS = WordKind.STREET_ES.bit() | WordKind.STREET_FR.bit();
    private static final int NAMES = WordKind.GIVEN.bit()
            | WordKind.SURNAME.bit()
            | WordKind.TITLE.bit()
            | WordKind.GREETING.bit()
            | WordKind.SIGNOFF.bit()
            | WordKind.INTRODUCTION.bit()
            | WordKind.HUMAN.bit()
            | WordKind.LABEL.bit();
    /** What announces a name without a capital letter of its own. */
    private static final int SMALL_NAMES =
            NAMES & ~(WordKind.GIVEN.bit() | WordKind.SURNAME.bit() | WordKind.GREETING.bit());

    private static final int CONTEXT =
            WordKind.PHONE.bit() | WordKind.PAYMENT.bit() | WordKind.IDENTITY.bit() | WordKind.VERSION.bit();

    /** All but words of a language, and what stands between others. */
    private static final int TRIGGERS =
            STREETS | NAMES | CONTEXT | WordKind.PASSWORD.bit() | WordKind.ORDER.bit() | WordKind.UNIT.bit();

    private final Text text;
    private final String string;
    private final char[] chars;
    /** In the order of the text; tokens that it had have no kind. */
    private List<PiiSpan> found = new ArrayList<>();

    private PiiFinder(Text text) {
        this.text = text;
        string = text.string();
        chars = text.chars();
    }

    /** In the order of the text, without overlaps, as of the folded text. */
    static List<PiiSpan> find(Text text) {
        PiiFinder finder = new PiiFinder(text);
        finder.findTokens();
        int before;
        int passes = 0;
        do {
            before = finder.found.size();
            finder.scan();
        } while (finder.found.size() > before && ++passes < MOST_PASSES);
        finder.found.removeIf(span -> span.type() == null);
        return finder.found;
    }

    private void findTokens() {
        for (int at = Tokens.next(string, 0); at < chars.length; at = Tokens.next(string, at + Tokens.LENGTH)) {
            found.add(new PiiSpan(null, at, at + Tokens.LENGTH));
        }
    }

    /**
     * Between what is found already. What ends where something was found could not be told from its begin: it is seen
     * when that is out of the way, as it would be when the text came again with tokens.
     */
    private void scan() {
        List<PiiSpan> before = found;
        found = new ArrayList<>(before.size());
        text.enter(before);
        int start = 0;
        for (PiiSpan span : before) {
            text.enter(start, span.start());
            scan(start, span.start());
            found.add(span);
            start = span.end();
        }
        text.enter(start, chars.length);
        scan(start, chars.length);
    }

    private void scan(int start, int end) {
        char[] all = chars;
        int i = start;
        while (i < end) {
            char c = all[i];
            if (Chars.isLetter(c)) {
                i = atWord(i, end);
            } else if (Chars.isDigit(c)) {
                i = atNumber(i, end);
            } else if (c < 0x80 && SIGNS[c]) {
                i = atSign(c, i);
            } else {
                i++;
            }
        }
    }

    private int atWord(int at, int to) {
        char[] all = chars;
        int letters = at;
        long hash = 0;
        char letter = Chars.letter(all[at]);
        while (letter != 0) {
            hash = Lexicon.with(hash, letter);
            letter = ++letters < to ? Chars.letter(all[letters]) : 0;
        }
        char behind = text.at(letters);
        boolean mixed = Chars.isDigit(behind);
        int end = mixed ? wordEnd(letters, to) : letters;
        if (mixed && end - at == 8 && Tokens.isUuid(string, at)) {
            return at + Tokens.UUID_LENGTH;
        }
        char next = text.at(letters + 1);
        boolean isKey = mixed
                || letters - at > LONGEST_WORD
                || letters - at <= KnownSecrets.LONGEST_PREFIX && isKeyPart(behind) && Chars.isLetterOrDigit(next);
        if (isKey && KnownSecrets.mayBeginWith(chars[at]) && finds(KEYS, at)) {
            return text.floor();
        }
        if ((mixed || isJoined(behind, next, letters - at)) && finds(AT_LETTERS_AND_DIGITS, at)) {
            return text.floor();
        }
        int kinds = letters - at > Lexicon.LONGEST ? 0 : Lexicon.kinds(hash);
        if ((kinds & TRIGGERS) != 0 && isFound(kinds, at, letters)) {
            return text.floor();
        }
        boolean isInitial = behind == '.' && letters - at == 1 && Chars.isUpper(chars[at]);
        return isInitial && finds(PERSON, at) ? text.floor() : end;
    }

    private static boolean isKeyPart(char c) {
        return c == '-' || c == '_' || c == '.';
    }

    /** Whether letters are the first of something longer that is no word: an address of a host, an id. */
    private static boolean isJoined(char behind, char next, int count) {
        return switch (behind) {
            case '-', '_', '#' -> Chars.isDigit(next) || count == 2 && Chars.isHex(next);
            case '.' -> count == HEX_GROUP && Chars.isHex(next);
            case ':' -> count <= HEX_GROUP && (Chars.isHex(next) || next == ':');
            case ' ' -> count <= 2 && Chars.isDigit(next);
            default -> false;
        };
    }

    private boolean isFound(int kinds, int at, int end) {
        if ((kinds & CONTEXT) != 0) {
            text.see(kinds & CONTEXT, end);
        }
        return WordKind.PASSWORD.in(kinds) && finds(ASSIGNED, at)
                || WordKind.IDENTITY.in(kinds) && finds(NAMED_IDS, at)
                || WordKind.ORDER.in(kinds) && finds(ORDER, at)
                || (kinds & STREETS) != 0 && (finds(SPANISH_ADDRESS, at) || finds(FRENCH_ADDRESS, at))
                || WordKind.UNIT.in(kinds) && finds(ENGLISH_ADDRESS, at)
                || (kinds & (Chars.isUpper(chars[at]) ? NAMES : SMALL_NAMES)) != 0 && finds(PERSON, at);
    }

    private int atNumber(int at, int to) {
        int end = wordEnd(at, to);
        char behind = text.at(end);
        char next = text.at(end + 1);
        if (behind == '-' && end - at == 8 && Tokens.isUuid(string, at)) {
            return at + Tokens.UUID_LENGTH;
        }
        if (behind == '-' || behind == '/' || behind == '.') {
            int moment = Moments.end(text, at);
            if (moment > at) {
                return moment;
            }
        }
        if (!text.isBoundary(at)) {
            return end;
        }
        boolean isHost = (behind == '.' || behind == ':' || behind == '-') && (Chars.isHex(next) || next == ':');
        boolean isHouse = (behind == ' ' || behind == ',' || behind == '-') && end - at <= LONGEST_HOUSE;
        return isHost && finds(AT_HOSTS, at)
                        || text.digitsAhead(at, SHORTEST_NUMBER) && finds(AT_NUMBERS, at)
                        || isHouse && finds(AT_HOUSES, at)
                ? text.floor()
                : end;
    }

    private int wordEnd(int at, int to) {
        int end = at;
        while (end < to && Chars.isLetterOrDigit(chars[end])) {
            end++;
        }
        return end;
    }

    private int atSign(char c, int at) {
        char next = text.at(at + 1);
        boolean isFound =
                switch (c) {
                    case '@' -> finds(EMAIL, at);
                    case ':' -> next == '/' && finds(URL, at) || next == ':' && finds(IP, at) || finds(ASSIGNED, at);
                    case '=' -> finds(ASSIGNED, at);
                    case '+' -> finds(PHONE, at);
                    case '(' -> Chars.isDigit(next) && finds(PHONE, at);
                    case '-' -> next == '-' && finds(KEYS, at);
                    case '\n' -> Chars.isUpper(next) && text.at(at - 1) == '\n' && finds(PERSON, at);
                    case '<' -> Chars.isLetterOrDigit(next) && finds(PERSON, at);
                    default -> false;
                };
        return isFound ? text.floor() : at + 1;
    }

    private boolean finds(Detector[] detectors, int at) {
        for (Detector detector : detectors) {
            if (finds(detector, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean finds(Detector detector, int at) {
        PiiSpan span = detector.find(text, at);
        if (span == null) {
            return false;
        }
        int start = span.start();
        while (!found.isEmpty() && found.get(found.size() - 1).end() > start) {
            start = Math.min(start, found.remove(found.size() - 1).start());
        }
        found.add(new PiiSpan(span.type(), start, span.end()));
        text.found(span.end());
        return true;
    }
}
