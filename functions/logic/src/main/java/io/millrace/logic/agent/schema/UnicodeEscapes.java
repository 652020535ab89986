package io.millrace.logic.agent.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters by their number: ECMA-262 writes them with a u and four digits, or any number of digits in braces, RE2
 * with an x and braces.
 */
final class UnicodeEscapes {
    private static final Pattern ONE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    /** A character beyond the first 65,536 as two halves. */
    private static final Pattern PAIR =
            Pattern.compile("\\\\u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})");

    private UnicodeEscapes() {}

    static String inRe2(String regex) {
        StringBuilder out = new StringBuilder(regex.length());
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c != '\\' || i + 1 == regex.length()) {
                out.append(c);
            } else if (regex.charAt(i + 1) != 'u') {
                out.append(c).append(regex.charAt(++i));
            } else if (regex.startsWith("{", i + 2)) {
                out.append("\\x");
                i++;
            } else {
                Matcher pair = PAIR.matcher(regex).region(i, regex.length());
                Matcher one = ONE.matcher(regex).region(i, regex.length());
                if (pair.lookingAt()) {
                    int character = Character.toCodePoint(hex(pair.group(1)), hex(pair.group(2)));
                    out.append("\\x{").append(Integer.toHexString(character)).append('}');
                    i = pair.end() - 1;
                } else if (one.lookingAt()) {
                    out.append("\\x{").append(one.group(1)).append('}');
                    i = one.end() - 1;
                } else {
                    out.append(c);
                }
            }
        }
        return out.toString();
    }

    private static char hex(String digits) {
        return (char) Integer.parseInt(digits, 16);
    }
}
