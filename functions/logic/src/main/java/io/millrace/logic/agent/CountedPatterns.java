package io.millrace.logic.agent;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * Java's regular expressions, as the library would use them, but for that each character they read is counted. Alternatives
 * that are all empty are tried without reading, and so are not.
 */
final class CountedPatterns implements RegularExpressionFactory {
    private final CheckWork work;

    CountedPatterns(CheckWork work) {
        this.work = work;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
        return text -> pattern.matcher(new CountedText(text, work)).find();
    }

    private record CountedText(String text, CheckWork work) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            work.read();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.substring(start, end), work);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
