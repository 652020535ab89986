package io.millrace.agents.critic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The readings of a text: what a person or a model would read in it, however it is written. The first one is the text folded
 * (NFKC, small letters, no accents, nothing invisible, look-alike letters of other alphabets replaced, one blank between words);
 * more follow where something is hidden: digits for letters, letters with blanks between, percent, HTML or Unicode escapes,
 * base64, hex, letters among Unicode's invisible tags. Each pass is linear in the text; there are at most {@value #READINGS}
 * readings.
 */
final class Folding {
    private static final int READINGS = 12;
    private static final int ROUNDS = 2;
    private static final int SHORTEST_SECRET = 16;
    private static final int SPACED_LETTERS = 4;

    /** Letters that look like Latin ones: Cyrillic and Greek, after NFKC and in small letters. */
    private static final String LOOK_ALIKE = "асеорхуіјѕԁһɡӏԛԝвкмнтгпзαβεικνορτυχγωμηıł";

    private static final String LATIN = "aceopxyijsdhglqwbkmhtrn3abeikvoptuxywmnil";

    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "lsqb", "[", "rsqb", "]");

    private Folding() {}

    static List<String> readings(String text) {
        Set<String> readings = new LinkedHashSet<>();
        List<String> sources = new ArrayList<>(List.of(text));
        int next = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int end = sources.size();
            for (; next < end; next++) {
                hidden(sources.get(next), sources);
            }
        }
        for (String source : sources) {
            String folded = fold(source);
            add(readings, folded);
            add(readings, digitsAsLetters(folded));
            add(readings, lettersJoined(source));
        }
        return List.copyOf(readings);
    }

    private static void add(Set<String> readings, String reading) {
        if (readings.size() < READINGS && !reading.isBlank()) {
            readings.add(reading);
        }
    }

    static String fold(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String bare = Normalizer.normalize(compatible, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(bare.length());
        boolean blank = true;
        for (int i = 0; i < bare.length(); ) {
            int point = bare.codePointAt(i);
            i += Character.charCount(point);
            int type = Character.getType(point);
            boolean space = Character.isWhitespace(point) || Character.isSpaceChar(point);
            if (space ? blank : isInvisible(type)) {
                continue;
            }
            blank = space;
            folded.append(space ? " " : letter(point));
        }
        return folded.toString().strip();
    }

    private static boolean isInvisible(int type) {
        return switch (type) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String letter(int point) {
        if (point < 128) {
            return String.valueOf((char) point);
        }
        return switch (point) {
            case '’', '‘', 'ʼ', '´', '′' -> "'";
            case '“', '”', '«', '»', '„' -> "\"";
            case '–', '—', '‐', '‑', '−' -> "-";
            case 'œ' -> "oe";
            case 'æ' -> "ae";
            case 'ø' -> "o";
            case 'ß' -> "ss";
            default -> {
                int at = point <= Character.MAX_VALUE ? LOOK_ALIKE.indexOf(point) : -1;
                yield at < 0 ? Character.toString(point) : LATIN.substring(at, at + 1);
            }
        };
    }

    /** In words that have letters: {@code pr3vious}. Numbers stay numbers. */
    private static String digitsAsLetters(String folded) {
        StringBuilder read = new StringBuilder(folded);
        int start = 0;
        boolean letters = false;
        for (int i = 0; i <= read.length(); i++) {
            char c = i == read.length() ? ' ' : read.charAt(i);
            if (c == ' ') {
                for (int j = start; letters && j < i; j++) {
                    int at = "013457@$|!".indexOf(read.charAt(j));
                    boolean last = j == i - 1 && "!|".indexOf(read.charAt(j)) >= 0;
                    if (at >= 0 && !last) {
                        read.setCharAt(j, replaced(read, j, "oieastasii".charAt(at)));
                    }
                }
                start = i + 1;
                letters = false;
            } else {
                letters |= Character.isLetter(c);
            }
        }
        return read.toString();
    }

    /** A 1 beside another 1 or after a vowel stands for l: {@code a11}. */
    private static char replaced(CharSequence word, int at, char usual) {
        boolean one = word.charAt(at) == '1';
        boolean beside = at > 0 && "al".indexOf(word.charAt(at - 1)) >= 0
                || at + 1 < word.length() && word.charAt(at + 1) == '1';
        return one && beside ? 'l' : usual;
    }

    /** {@code i g n o r e}: single letters with the same single character between are a word; two blanks end it. */
    private static String lettersJoined(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        boolean found = false;
        for (int i = 0; i < text.length(); ) {
            int end = i;
            int letters = 0;
            boolean atStart = i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1));
            while (atStart && isSingle(text, end)) {
                letters++;
                end += 2;
            }
            if (letters >= SPACED_LETTERS) {
                for (int j = i; j < Math.min(end, text.length()); j += 2) {
                    joined.append(text.charAt(j));
                }
                joined.append(' ');
                found = true;
                i = Math.min(end, text.length());
            } else {
                joined.append(text.charAt(i++));
            }
        }
        return found ? fold(joined.toString()) : "";
    }

    private static boolean isSingle(String text, int at) {
        return at < text.length()
                && Character.isLetterOrDigit(text.charAt(at))
                && (at + 1 == text.length() || " .-_*".indexOf(text.charAt(at + 1)) >= 0);
    }

    /** What stands in a text by its code. */
    private static void hidden(String text, List<String> found) {
        String unescaped = unescaped(text);
        if (!unescaped.equals(text)) {
            found.add(unescaped);
        }
        StringBuilder tags = new StringBuilder();
        text.codePoints()
                .filter(point -> point >= 0xE0020 && point <= 0xE007E)
                .forEach(point -> tags.append((char) (point - 0xE0000)));
        if (!tags.isEmpty()) {
            found.add(tags.toString());
        }
        for (int i = 0; i < text.length() && found.size() < READINGS; ) {
            int end = i;
            while (end < text.length() && isCode(text.charAt(end))) {
                end++;
            }
            if (end - i >= SHORTEST_SECRET) {
                decoded(text.substring(i, end), found);
            }
            i = end + 1;
        }
    }

    private static boolean isCode(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "+/=-_".indexOf(c) >= 0);
    }

    private static void decoded(String code, List<String> found) {
        if (code.length() % 2 == 0 && code.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            byte[] bytes = new byte[code.length() / 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(code.substring(2 * i, 2 * i + 2), 16);
            }
            readable(bytes, found);
            return;
        }
        try {
            String plain = code.replace('-', '+').replace('_', '/').replace("=", "");
            readable(Base64.getDecoder().decode(plain), found);
        } catch (IllegalArgumentException e) {
            // An ordinary long word, or an address on the web.
        }
    }

    private static void readable(byte[] bytes, List<String> found) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            long plain = text.chars()
                    .filter(c -> Character.isLetterOrDigit(c) || c == ' ' || ",.;:!?'\"\n".indexOf(c) >= 0)
                    .count();
            if (plain * 10 >= text.length() * 9L) {
                found.add(text);
            }
        } catch (CharacterCodingException e) {
            // No text.
        }
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = -1;
            int length = 1;
            char c = text.charAt(i);
            if (c == '%') {
                point = hex(text, i + 1, 2);
                length = 3;
            } else if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == 'u' || text.charAt(i + 1) == 'x')) {
                int digits = text.charAt(i + 1) == 'u' ? 4 : 2;
                point = hex(text, i + 2, digits);
                length = 2 + digits;
            } else if (c == '&') {
                int end = text.substring(i, Math.min(text.length(), i + 10)).indexOf(';');
                String entity = end < 2 ? "" : text.substring(i + 1, i + end);
                length = end + 1;
                point = entity.startsWith("#x")
                        ? hex(text, i + 3, entity.length() - 2)
                        : entity.startsWith("#") ? decimal(entity.substring(1)) : named(entity);
            }
            if (point < 0 || point > Character.MAX_CODE_POINT) {
                plain.append(c);
                i++;
            } else {
                plain.appendCodePoint(point);
                i += length;
            }
        }
        return plain.toString();
    }

    private static int named(String entity) {
        String plain = ENTITIES.get(entity);
        return plain == null ? -1 : plain.codePointAt(0);
    }

    private static int decimal(String digits) {
        return digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9') ? -1 : Integer.parseInt(digits);
    }

    private static int hex(String text, int start, int digits) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = 16 * value + digit;
        }
        return digits == 0 ? -1 : value;
    }
}
