package io.millrace.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.event.Value;
import java.io.IOException;

/** JSON that was given to an option: the text itself, or {@code @file}; {@code @-} is standard input. */
final class GivenJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private GivenJson() {}

    /**
     * The text as it stands.
     *
     * @param given null for none
     * @return null for none
     * @throws CommandFailure when it is not JSON
     */
    static String read(String option, String given) throws IOException {
        if (given == null) {
            return null;
        }
        boolean isFile = given.startsWith("@");
        GivenFile file = isFile ? GivenFile.read(given.substring(1), Value.MAX_JSON_BYTES) : null;
        String text = isFile ? file.text() : given;
        try {
            JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    (isFile ? file.name() : option) + ": not JSON: " + e.getOriginalMessage() + place(e), e);
        }
        if (text.isBlank()) {
            throw new CommandFailure((isFile ? file.name() : option) + ": is empty; null is JSON for nothing");
        }
        return text.strip();
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
