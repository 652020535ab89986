package io.millrace.logic.agent.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;

/**
 * Regular expressions whose cost is the length of the text times the size of the pattern, by construction (RE2): no
 * pattern makes a matcher try each way to divide a text. That product is what a check is charged. What RE2 leaves out
 * for it, lookaround and back references, is refused when the schema is given.
 */
final class LinearPatterns implements RegularExpressionFactory {
    /** Steps of the machine that a pattern becomes. A UUID takes some 40. */
    static final int MAX_PATTERN_SIZE = 5_000;

    /** The same, of all patterns of a schema: what is compiled in some 10 ms, and takes a megabyte. */
    static final int MAX_PATTERNS_SIZE = 20_000;

    private final CheckWork work;
    private long size;

    LinearPatterns(CheckWork work) {
        this.work = work;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        // RE2 knows it, ECMA-262 does not, and it would hide groups from whoever counts them.
        if (regex.contains("\\Q")) {
            throw refused(regex, "\\Q is no escape");
        }
        if (hasFlags(regex)) {
            // RE2 knows them, ECMA-262 does not; to fold the case of a class can take its compiler for ever.
            throw refused(regex, "(?i) and other flags are not known");
        }
        long writtenOut = PatternSize.of(regex);
        if (writtenOut > MAX_PATTERN_SIZE) {
            throw new RefusedException("a pattern is too large, with what it repeats written out");
        }
        size += writtenOut;
        if (size > MAX_PATTERNS_SIZE) {
            throw new RefusedException("its patterns are together too large, with what they repeat written out");
        }
        Pattern pattern = compile(regex);
        long cost = pattern.programSize();
        return text -> {
            work.read(cost * (text.length() + 1));
            return pattern.matcher(text).find();
        };
    }

    /** Whether a group begins as neither {@code (?:} nor one with a name, nor as what is refused by its own name. */
    private static boolean hasFlags(String regex) {
        for (int i = 0; i < regex.length(); i++) {
            if (regex.charAt(i) == '\\') {
                i++;
            } else if (regex.startsWith("(?", i)
                    && i + 2 < regex.length()
                    && ":P<=!".indexOf(regex.charAt(i + 2)) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Pattern compile(String regex) {
        String ecma =
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex));
        try {
            return Pattern.compile(UnicodeEscapes.inRe2(ecma));
        } catch (PatternSyntaxException e) {
            throw refused(regex, e.getDescription());
        }
    }

    private static RefusedException refused(String regex, String reason) {
        return new RefusedException("the pattern " + regex + " can't be used: " + reason
                + ". Patterns are in RE2 syntax, without lookaround and back references");
    }

    /** Of the library's kind, since others are logged by it together with the pattern. */
    static final class RefusedException extends SchemaException {
        private static final long serialVersionUID = 1L;

        private RefusedException(String message) {
            super(message);
        }
    }
}
