package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What a JSON parser says is wrong, less what it says to those who program with it. */
public final class JsonProblems {
    /** "(start marker at …)", "(for Object starting at …)": offsets in its own terms, the place is told beside it. */
    private static final Pattern MARKERS = Pattern.compile(
            " \\((?:start marker at|for Object starting at|for Array starting at)" + ".*?\\)(?=$|[^)])",
            Pattern.DOTALL);

    /** "exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)": the number is of use. */
    private static final Pattern LIMIT =
            Pattern.compile("the maximum allowed \\((\\d+), from `StreamReadConstraints[^`]*`\\)");

    /** The reader of YAML leaves it to Java to say that bytes are no text, with offsets that are not those of the file. */
    private static final String NO_TEXT = "java.io.CharConversionException";

    /** Its table of names is full of those that it can't tell apart at once. */
    private static final String COLLISIONS = "symbol table";

    /** Advice to change its settings. */
    private static final Pattern SETTINGS = Pattern.compile(
            "[:;,.]?\\s*(?:\\(?(?:consider )?enabl(?:e|ing) |\\(?maximum allowed.*?`StreamReadConstraints).*",
            Pattern.DOTALL);

    private JsonProblems() {}

    /** The line, from 1, and what is wrong there: {@code 3: Duplicate field 'agent'}. Of YAML as well. */
    public static String located(JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        return line + ": " + inWords(e.getOriginalMessage());
    }

    /** The parser's message in the words of those who write JSON; one line. */
    public static String inWords(String message) {
        if (message == null || message.isBlank()) {
            return "not JSON";
        }
        if (message.startsWith(NO_TEXT)) {
            return "not UTF-8";
        }
        if (message.contains(COLLISIONS)) {
            return "too many names of fields that were made to collide";
        }
        String words = MARKERS.matcher(message).replaceAll("");
        words = LIMIT.matcher(words).replaceAll("the maximum of $1");
        words = SETTINGS.matcher(words).replaceAll("").lines().findFirst().orElse("");
        words = words.replace("JSON standard allows only", "JSON has only").strip();
        return words.isEmpty() ? "not JSON" : words;
    }
}
