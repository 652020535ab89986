package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a text once, from left to right, and asks detectors where a character or a word gives reason to. The
 * first one that finds something has it, and the search goes on behind. What begins before, as the local part of an
 * address does, takes in whatever of it was found.
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

    private static final Detector[] AT_NUMBERS = {MAC, IP, CARD, NUMBERED_IDS, ORDER, PHONE};
    private static final Detector[] AT_HOUSES = {ENGLISH_ADDRESS, FRENCH_ADDRESS};
    private static final Detector[] AT_LETTERS_AND_DIGITS = {MAC, IP, IBAN, LETTERED_IDS, ORDER};
    private static final int HEX_GROUP = 4;
    /** Letters without a digit that may be the beginning of a key. */
    private static final int LONGEST_WORD = 20;
    /** Digits without a separator that are more than an amount. */
    private static final int SHORTEST_NUMBER = 6;
    private static final String SEPARATORS = " -./:()";

    private static final int STREETS = WordKind.STREET_ES.bit() | WordKind.STREET_FR.bit();
    private static final int NAMES = WordKind.GIVEN.bit()
            | WordKind.SURNAME.bit()
            | WordKind.TITLE.bit()
            | WordKind.GREETING.bit()
            | WordKind.SIGNOFF.bit()
            | WordKind.INTRODUCTION.bit()
            | WordKind.LABEL.bit();
    private static final int CONTEXT = WordKind.PHONE.bit()
            | WordKind.CARD.bit()
            | WordKind.BANK.bit()
            | WordKind.IDENTITY.bit()
            | WordKind.VERSION.bit();

    private final Text text;
    private final String string;
    private final List<PiiSpan> found = new ArrayList<>();

    private PiiFinder(Text text) {
        this.text = text;
        string = text.string();
    }

    /** In the order of the text, without overlaps, as of the folded text. */
    static List<PiiSpan> find(Text text) {
        PiiFinder finder = new PiiFinder(text);
        finder.scan();
        return finder.found;
    }

    private void scan() {
        int start = 0;
        while (start < string.length()) {
            int end = nextToken(start);
            text.enter(start, end);
            scan(start, end);
            start = end + Tokens.LENGTH;
        }
    }

    private int nextToken(int from) {
        int at = string.indexOf(Tokens.PREFIX, from);
        while (at >= 0 && !Tokens.standsAt(string, at)) {
            at = string.indexOf(Tokens.PREFIX, at + 1);
        }
        return at < 0 ? string.length() : at;
    }

    private void scan(int start, int end) {
        int i = start;
        while (i < end) {
            char c = text.raw(i);
            if (Chars.isLetter(c)) {
                i = atWord(i, end);
            } else if (Chars.isDigit(c)) {
                i = atNumber(i, end);
            } else {
                i = atSign(c, i);
            }
        }
    }

    private int atWord(int at, int to) {
        int letters = at + 1;
        while (letters < to && Chars.isLetter(text.raw(letters))) {
            letters++;
        }
        char behind = text.at(letters);
        boolean mixed = Chars.isDigit(behind);
        int end = mixed ? wordEnd(letters, to) : letters;
        if (mixed && end - at == 8 && Tokens.isUuid(string, at)) {
            return at + Tokens.UUID_LENGTH;
        }
        boolean joined = mixed || isJoined(behind, letters, letters - at);
        if ((joined || letters - at > LONGEST_WORD) && finds(KEYS, at) || joined && finds(AT_LETTERS_AND_DIGITS, at)) {
            return text.floor();
        }
        int kinds = text.kinds(at, letters);
        if (kinds != 0 && isFound(kinds, at, letters)) {
            return text.floor();
        }
        boolean isInitial = behind == '.' && letters - at == 1 && Chars.isUpper(text.raw(at));
        return isInitial && finds(PERSON, at) ? text.floor() : end;
    }

    /** Whether letters are the first of something longer that is no word: a key, an address of a host, an id. */
    private boolean isJoined(char behind, int letters, int count) {
        char next = text.at(letters + 1);
        return switch (behind) {
            case '-', '_', '#', '.' -> Chars.isLetterOrDigit(next);
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
                || (kinds & NAMES) != 0 && finds(PERSON, at);
    }

    private int atNumber(int at, int to) {
        int end = wordEnd(at, to);
        char behind = text.at(end);
        char next = text.at(end + 1);
        if (behind == '-' && end - at == 8 && Tokens.isUuid(string, at)) {
            return at + Tokens.UUID_LENGTH;
        }
        boolean isGrouped = Chars.isLetterOrDigit(next) || next == '(' || next == ':' || behind == ')';
        if (isGrouped) {
            int moment = Moments.end(text, at);
            if (moment > at) {
                return moment;
            }
        }
        if (!text.isBoundary(at)) {
            return end;
        }
        boolean isLong = end - at >= SHORTEST_NUMBER || isGrouped && SEPARATORS.indexOf(behind) >= 0;
        boolean isHouse = (behind == ' ' || behind == ',' || behind == '-') && end - at <= SHORTEST_NUMBER;
        return isLong && finds(AT_NUMBERS, at) || isHouse && finds(AT_HOUSES, at) ? text.floor() : end;
    }

    private int wordEnd(int at, int to) {
        int end = at;
        while (end < to && Chars.isLetterOrDigit(text.raw(end))) {
            end++;
        }
        return end;
    }

    private int atSign(char c, int at) {
        boolean isFound =
                switch (c) {
                    case '@' -> finds(EMAIL, at);
                    case ':' -> finds(URL, at) || finds(IP, at) || finds(ASSIGNED, at);
                    case '=' -> finds(ASSIGNED, at);
                    case '+', '(' -> finds(PHONE, at);
                    case '-' -> finds(KEYS, at);
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
