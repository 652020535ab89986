package io.millrace.logic.pii;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where in a JSON document its reader is, and what the names of fields on the way say of a value. */
final class JsonPath {
    /**
     * An object or an array.
     *
     * @param length of the path up to it
     * @param inherited what its own name says, if fields below mean the same
     */
    private record Level(boolean isObject, int length, PiiType inherited, PiiType type, boolean safe) {}

    private final StringBuilder path = new StringBuilder();
    private final Deque<Level> levels = new ArrayDeque<>();
    private PiiType type;
    private boolean safe;

    boolean isRoot() {
        return levels.isEmpty();
    }

    /** What the value that comes next is, or those of the array that it is in; null when nothing says it. */
    PiiType type() {
        return type;
    }

    boolean isSafe() {
        return safe;
    }

    int length() {
        return path.length();
    }

    /** The path of a field of this object. */
    String with(String name) {
        return path.length() == 0 ? name : path + "." + name;
    }

    /** @param declared what its name says; may be null */
    void field(String name, boolean isSafe, PiiType declared) {
        Level level = levels.element();
        path.setLength(level.length());
        path.append(path.length() == 0 ? "" : ".").append(name);
        safe = isSafe;
        type = declared != null ? declared : level.inherited();
    }

    void enter(boolean isObject) {
        PiiType inherited = !safe && (type == PiiType.ADDRESS || type == PiiType.PERSON) ? type : null;
        levels.push(new Level(isObject, path.length(), inherited, type, safe));
        if (isObject) {
            type = inherited;
            safe = false;
        }
    }

    void leave() {
        Level level = levels.pop();
        if (levels.isEmpty()) {
            path.setLength(0);
            type = null;
            safe = false;
        } else {
            path.setLength(level.length());
            type = level.type();
            safe = level.safe();
        }
    }
}
