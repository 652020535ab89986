package io.millrace.expressions;

import java.util.List;

/** A function of a program. Its body is known after it, as it may call itself. */
final class Definition {
    private final String name;
    private final List<String> parameters;
    private Node body;

    /** @param parameters with {@code $} before those that are values too */
    Definition(String name, List<String> parameters) {
        this.name = name;
        this.parameters = List.copyOf(parameters);
    }

    String name() {
        return name;
    }

    List<String> parameters() {
        return parameters;
    }

    void define(Node as) {
        body = as;
    }

    Node body() {
        return body;
    }
}
