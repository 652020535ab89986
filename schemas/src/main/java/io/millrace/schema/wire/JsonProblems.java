package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What a JSON parser says is wrong, less what it says to those who program with it. */
public final class JsonProblems {
    /** "(start marker at …)", "(for Object starting at …)": offsets in its own terms, the place is told beside it. */
    private static final Pattern MARKERS = Pattern.compile(
            " \\((?:start marker at|for Object starting at|for Array starting at)" + ".*?\\)(?=$|[^)])",
            Pattern.DOTALL);

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
        String words = MARKERS.matcher(message).replaceAll("");
        words = SETTINGS.matcher(words).replaceAll("").lines().findFirst().orElse("");
        words = words.replace("JSON standard allows only", "JSON has only").strip();
        return words.isEmpty() ? "not JSON" : words;
    }
}
