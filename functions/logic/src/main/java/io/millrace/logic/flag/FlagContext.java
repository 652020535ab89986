package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.Map;

/** For whom a flag is evaluated: attributes by their names. */
public final class FlagContext {
    /** How many values a context has at most, those in lists and objects included. */
    public static final int MAX_VALUES = 5_000;

    /** How deep lists and objects may be nested. */
    public static final int MAX_DEPTH = 16;

    /** Of nobody in particular. */
    public static final FlagContext EMPTY = new FlagContext(Map.of());

    private final Map<String, Object> attributes;

    private FlagContext(Map<String, Object> attributes) {
        this.attributes = attributes;
    }

    /** @throws RejectedEventException when there is too much in it */
    @SuppressWarnings("unchecked")
    public static FlagContext of(ObjectNode context) throws RejectedEventException {
        check(context, 0, 0);
        return new FlagContext((Map<String, Object>) Values.of(context));
    }

    /** Of a few attributes that are texts. */
    public static FlagContext ofTexts(Map<String, String> attributes) {
        return new FlagContext(Map.copyOf(attributes));
    }

    private static int check(JsonNode node, int depth, int before) throws RejectedEventException {
        if (depth > MAX_DEPTH) {
            throw new RejectedEventException(
                    ErrorCode.TOO_DEEP, "context: lists and objects are nested deeper than " + MAX_DEPTH);
        }
        int count = before + node.size();
        if (count > MAX_VALUES) {
            throw new RejectedEventException(ErrorCode.TOO_LARGE, "context: has more than " + MAX_VALUES + " values");
        }
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                count = check(child, depth + 1, count);
            }
        }
        return count;
    }

    Map<String, Object> attributes() {
        return attributes;
    }
}
