package io.millrace.expressions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The functions that are written in jq themselves: {@code library.jq}. */
final class Library {
    private final Map<String, Definition> definitions = new HashMap<>();
    private boolean complete;

    private static final class Loaded {
        private static final Library LIBRARY = load();
    }

    static Library get() {
        return Loaded.LIBRARY;
    }

    private static Library load() {
        Library library = new Library();
        try (InputStream text = Library.class.getResourceAsStream("library.jq")) {
            Cursor cursor = Cursor.ofLibrary(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            new Parser(cursor, library, Set.of()).library(library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExpressionException e) {
            throw new IllegalStateException("library.jq: " + e.getMessage(), e);
        }
        library.complete = true;
        return library;
    }

    void add(Definition definition) {
        definitions.put(key(definition.name(), definition.parameters().size()), definition);
    }

    /** Null when there is none. */
    Definition find(String name, int arity) {
        return definitions.get(key(name, arity));
    }

    Set<String> names() {
        return definitions.keySet();
    }

    boolean isComplete() {
        return complete;
    }

    private static String key(String name, int arity) {
        return name + "/" + arity;
    }
}
