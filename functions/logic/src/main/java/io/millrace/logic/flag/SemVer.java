package io.millrace.logic.flag;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version (semver.org 2.0.0).
 *
 * @param before the identifiers of a pre-release; empty of a release
 */
record SemVer(long major, long minor, long patch, List<String> before) implements Comparable<SemVer> {
    static final int MAX_LENGTH = 256;
    private static final long MAX_NUMBER = (1L << 53) - 1;
    private static final String NUMBER = "(0|[1-9][0-9]{0,15})";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][a-zA-Z0-9-]*)";
    private static final Pattern FULL = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern PARTIAL = Pattern.compile(NUMBER + "(?:\\." + NUMBER + ")?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** A version, or the beginning of one as {@code v1.2}; null when it is none. */
    static SemVer read(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String bare = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
        Matcher full = FULL.matcher(Values.trim(bare));
        if (full.matches()) {
            String before = full.group(4);
            return of(
                    full.group(1),
                    full.group(2),
                    full.group(3),
                    before == null ? List.of() : List.of(before.split("\\.")));
        }
        Matcher partial = PARTIAL.matcher(bare);
        return partial.matches()
                ? of(partial.group(1), partial.group(2) == null ? "0" : partial.group(2), "0", List.of())
                : null;
    }

    private static SemVer of(String major, String minor, String patch, List<String> before) {
        SemVer version = new SemVer(Long.parseLong(major), Long.parseLong(minor), Long.parseLong(patch), before);
        boolean isExact = Math.max(version.major, Math.max(version.minor, version.patch)) <= MAX_NUMBER;
        return isExact ? version : null;
    }

    @Override
    public int compareTo(SemVer other) {
        int main = Long.compare(major, other.major);
        main = main != 0 ? main : Long.compare(minor, other.minor);
        main = main != 0 ? main : Long.compare(patch, other.patch);
        if (main != 0 || before.isEmpty() && other.before.isEmpty()) {
            return main;
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return before.isEmpty() ? 1 : -1;
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int part = compare(before.get(i), other.before.get(i));
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static int compare(String a, String b) {
        boolean isNumber = DIGITS.matcher(a).matches();
        if (isNumber != DIGITS.matcher(b).matches()) {
            return isNumber ? -1 : 1;
        }
        return isNumber ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }
}
