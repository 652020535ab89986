package io.millrace.logic.flag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a value is: names with dots between them, behind as many {@code ../} as it is up.
 *
 * @param whole as it was written
 */
record Path(String whole, int up, List<String> names) {
    /** There is no such value; null is one. */
    static final Object NOTHING = new Object();

    private static final String UP = "../";

    static Path of(String text) {
        int up = 0;
        while (text.startsWith(UP, up * UP.length())) {
            up++;
        }
        return new Path(text, up, split(text.substring(up * UP.length())));
    }

    /** Its names; of the empty text none. A backslash before a dot, a slash or a backslash makes it a part of the name. */
    private static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                boolean isEscape = i + 1 < text.length() && "./\\".indexOf(text.charAt(i + 1)) >= 0;
                name.append(isEscape ? text.charAt(++i) : c);
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        if (names.size() != text.length()) {
            names.add(name.toString());
        }
        return names;
    }

    /** The value; {@link #NOTHING} when there is none. */
    Object of(Scope scope) {
        if (up == 0) {
            return names.isEmpty() ? scope.whole() : within(scope, names, false);
        }
        return scope.outer() == null ? within(scope, split(whole), false) : above(scope);
    }

    /** Whether there is none; in what is false there is nothing, and nothing is looked for further up. */
    boolean isMissing(Scope scope) {
        return !whole.isEmpty() && within(scope, split(whole), true) == NOTHING;
    }

    private static Object within(Scope scope, List<String> names, boolean notInFalse) {
        return scope.hasFirst(names.get(0))
                ? descend(scope.first(names.get(0)), names.subList(1, names.size()), notInFalse)
                : NOTHING;
    }

    private static Object descend(Object start, List<String> names, boolean notInFalse) {
        Object value = start;
        for (String name : names) {
            if (notInFalse && !Values.isTrue(value) && !Values.isContainer(value) || !Values.hasProperty(value, name)) {
                return NOTHING;
            }
            value = Values.property(value, name);
        }
        return value;
    }

    /** Each level is two up: first the element's place, then what the list's operator stands in. */
    private Object above(Scope scope) {
        Scope at = scope;
        for (int left = up; at.outer() != null; left -= 2) {
            if (left == 1) {
                return ofPlace(at.place());
            }
            at = at.outer();
            if (left == 2) {
                return names.isEmpty() ? at.whole() : within(at, names, false);
            }
        }
        return NOTHING;
    }

    private Object ofPlace(Scope.Place place) {
        Object data = place == null ? null : Map.of("iterator", place.list(), "index", (double) place.index());
        return descend(data, names, false);
    }
}
