package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Where jq 1.6 is wrong, and later releases and this evaluator are not. */
enum KnownDifferences {
    /** {@code error(null)} ends a program as if it had no more values. */
    ERROR_OF_NULL("error");

    private final Predicate<String> programs;

    KnownDifferences(String pattern) {
        programs = Pattern.compile(pattern).asPredicate();
    }

    static boolean has(String program, JsonNode input, JsonNode ours, JsonNode theirs) {
        return List.of(values()).stream().anyMatch(difference -> difference.programs.test(program));
    }
}
