package io.millrace.local.topic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** On which line of a JSON or YAML text a field is, by the name that errors give it: {@code retry.max_attempts}. */
public final class FieldLines {

    private final Map<String, Integer> lines = new HashMap<>();

    /** Reads all of it. */
    public FieldLines(JsonParser parser) throws IOException {
        while (parser.nextToken() != null) {
            lines.putIfAbsent(
                    path(parser.getParsingContext()),
                    parser.currentTokenLocation().getLineNr());
        }
    }

    private static String path(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        if (context.inArray()) {
            return context.hasCurrentIndex() ? parent + "[" + context.getCurrentIndex() + "]" : parent;
        }
        String name = context.getCurrentName();
        return name == null ? parent : parent.isEmpty() ? name : parent + "." + name;
    }

    /** The line, from 1, of the field; of what it would be in, when it is not there. */
    public int of(String field) {
        String path = field;
        while (!lines.containsKey(path)) {
            int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            if (end < 0) {
                return 1;
            }
            path = path.substring(0, end);
        }
        return lines.get(path);
    }
}
