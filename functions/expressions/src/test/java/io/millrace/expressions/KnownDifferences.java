package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Where jq 1.6 is wrong, or does less than later releases, which this evaluator follows. */
enum KnownDifferences {
    /** Begins with the first result, and goes on with the same. */
    REPEAT("repeat\\(", false),
    /** Texts are not reversed. */
    REVERSE_OF_TEXT("reverse", true),
    /** Numbers are no keys. */
    ENTRIES_OF_ARRAYS("from_entries|with_entries", true),
    /** The apostrophe is an entity that HTML 4 has not. */
    APOSTROPHE_IN_HTML("@html", false);

    private final Pattern programs;
    private final boolean fails;

    /**
     * @param programs in which it is met
     * @param fails whether it is an error there
     */
    KnownDifferences(String programs, boolean fails) {
        this.programs = Pattern.compile(programs);
        this.fails = fails;
    }

    static boolean explain(String program, JsonNode theirs) {
        return Arrays.stream(values())
                .anyMatch(each -> each.programs.matcher(program).find()
                        && (!each.fails || theirs.asText().equals("error")));
    }
}
