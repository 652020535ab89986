package io.millrace.gateway.model;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;

/** Texts as a JSON array. */
final class JsonArray {

    private JsonArray() {}

    static String of(Collection<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return "[]";
        }
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(text, json);
            json.append('"');
        }
        return json.append(']').toString();
    }
}
