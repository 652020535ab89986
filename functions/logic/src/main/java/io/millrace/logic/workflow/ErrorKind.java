package io.millrace.logic.workflow;

import java.util.List;
import java.util.Locale;

/** The standard errors of the language, see "Standard Error Types" in its reference. */
enum ErrorKind {
    CONFIGURATION(400, "Configuration"),
    VALIDATION(400, "Invalid data"),
    EXPRESSION(400, "Expression without value"),
    AUTHORIZATION(403, "Not allowed"),
    TIMEOUT(408, "Timeout"),
    COMMUNICATION(500, "No answer"),
    RUNTIME(500, "Cannot be run");

    /** Under the second the same errors stand in later versions of the language. */
    private static final List<String> HOMES = List.of(
            "https://serverlessworkflow.io/spec/1.0.0/errors/",
            "https://open-workflow-specification.org/spec/1.0.0/errors/");

    private final int status;
    private final String title;

    ErrorKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    String type() {
        return HOMES.get(0) + name().toLowerCase(Locale.ROOT);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Whether two types are the same, wherever they stand. */
    static boolean isSame(String type, String other) {
        return normal(type).equals(normal(other));
    }

    private static String normal(String type) {
        for (String home : HOMES) {
            if (type.startsWith(home)) {
                return HOMES.get(0) + type.substring(home.length());
            }
        }
        return type;
    }
}
