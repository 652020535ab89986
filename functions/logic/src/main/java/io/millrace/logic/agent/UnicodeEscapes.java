package io.millrace.logic.agent;

/** Characters by their number: ECMA-262 writes them with a u and four digits, or any number of digits in braces, RE2 with an x and braces. */
final class UnicodeEscapes {
    private static final int HEX_DIGITS = 4;

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
            } else if (i + 2 + HEX_DIGITS <= regex.length()) {
                out.append("\\x{").append(regex, i + 2, i + 2 + HEX_DIGITS).append('}');
                i += 1 + HEX_DIGITS;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
