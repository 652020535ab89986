package io.millrace.logic.pii;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Fields that hold personal data by their name, in English, French and Spanish, however the name is joined. */
final class DeclaredFields {
    private static final int LONGEST_NAME = 64;
    private static final Map<String, PiiType> WHOLE = new HashMap<>();
    /** Names of which the last words say the same. */
    private static final Map<String, PiiType> ENDINGS = new HashMap<>();

    static {
        for (String line : Lexicon.lines("fields.txt")) {
            int colon = line.indexOf(':');
            String type = line.substring(0, colon);
            boolean ending = type.startsWith("*");
            for (String name : line.substring(colon + 1).trim().split(" +")) {
                (ending ? ENDINGS : WHOLE).put(name, PiiType.valueOf(type.substring(ending ? 1 : 0)));
            }
        }
    }

    private DeclaredFields() {}

    /** Null when the name says nothing. */
    static PiiType type(String field) {
        if (field.length() > LONGEST_NAME) {
            return null;
        }
        String words = words(field);
        PiiType whole = WHOLE.get(words.replace(" ", ""));
        int at = 0;
        while (whole == null && at >= 0) {
            whole = ENDINGS.get(words.substring(at).replace(" ", ""));
            int blank = words.indexOf(' ', at);
            at = blank < 0 ? -1 : blank + 1;
        }
        return whole;
    }

    /**
     * Parts of a name, as {@code billing email} of {@code billingEmail}, {@code billing_email1} and
     * {@code BILLING-EMAIL}.
     */
    private static String words(String field) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean begins = i > 0 && Chars.isUpper(c) && !Chars.isUpper(field.charAt(i - 1));
            if (Chars.isLetter(c) && !Chars.isMark(c)) {
                words.append(begins ? " " : "").append(Chars.base(c));
            } else if (!Chars.isMark(c)) {
                words.append(' ');
            }
        }
        return words.toString().strip().replaceAll(" +", " ").toLowerCase(Locale.ROOT);
    }
}
