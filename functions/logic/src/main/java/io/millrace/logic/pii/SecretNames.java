package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/** Names to which secrets are assigned: {@code password}, {@code AWS_SECRET_ACCESS_KEY}, {@code "mot de passe"}. */
final class SecretNames {
    /** Letters of names that are found within a longer word too, as in {@code userpassword}. */
    private static final int DISTINCT = 6;

    enum Kind {
        PASSWORD,
        KEY,
        PIN
    }

    private record Name(String letters, Kind kind) {}

    private static final List<List<Name>> BY_LAST_LETTER = new ArrayList<>();

    static {
        for (int i = 0; i < 128; i++) {
            BY_LAST_LETTER.add(new ArrayList<>());
        }
        add(
                Kind.PASSWORD,
                "password passwd pwd passphrase passcode motdepasse mdp contrasena clave credential"
                        + " credentials pass pw");
        add(
                Kind.KEY,
                "secret apikey accesskey secretkey privatekey encryptionkey signingkey authkey accountkey token cleapi"
                        + " clesecrete claveapi clavedeapi clavesecreta signature sig jeton sessionid cookie"
                        + " authorization");
        add(Kind.PIN, "pin cvv cvc otp pincode codepin");
    }

    private SecretNames() {}

    private static void add(Kind kind, String names) {
        for (String name : names.split(" ")) {
            BY_LAST_LETTER.get(name.charAt(name.length() - 1)).add(new Name(name, kind));
        }
    }

    /** What the name before a sign says, which quotes may surround; null when it is no secret's. */
    static Kind before(Text text, int sign) {
        int end = sign;
        while (sign - end < 4 && " '\"\\]".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        char last = Chars.base(text.at(end - 1));
        if (last < BY_LAST_LETTER.size()) {
            for (Name name : BY_LAST_LETTER.get(last)) {
                if (endsWith(text, end, name.letters())) {
                    return name.kind();
                }
            }
        }
        return null;
    }

    /** Letters from the last to the first, with no more than one sign between two. */
    private static boolean endsWith(Text text, int end, String letters) {
        int i = end;
        for (int letter = letters.length() - 1; letter >= 0; letter--) {
            char c = text.at(i - 1);
            if (i < end && (c == '_' || c == '-' || c == '.' || c == ' ')) {
                i--;
            }
            if (Chars.base(text.at(--i)) != letters.charAt(letter)) {
                return false;
            }
        }
        char before = text.at(i - 1);
        boolean isWordStart = !Chars.isLetter(before) || Chars.isUpper(text.at(i)) && !Chars.isUpper(before);
        return i >= text.floor() && (isWordStart || letters.length() >= DISTINCT);
    }
}
