package io.millrace.logic.flag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an expression is evaluated: what variables are of.
 *
 * @param data the context, or within a list's operator an element
 * @param place of the element; null where there is none
 * @param outer where the list's operator stands; null at the top
 */
record Scope(Object data, Place place, Scope outer, Root root) {
    static final String FLAGD = "$flagd";
    static final String TARGETING_KEY = "targetingKey";

    /** An element's place in its list. */
    record Place(List<?> list, int index) {}

    /**
     * What is the same for a whole evaluation.
     *
     * @param flagd what flagd adds to a context
     */
    record Root(Map<String, Object> context, String flagKey, Map<String, Object> flagd, EvaluationBudget work) {}

    static Scope top(Root root) {
        return new Scope(root.context(), null, null, root);
    }

    Scope of(Object element, Place newPlace) {
        root.work().step();
        return new Scope(element, newPlace, this, root);
    }

    EvaluationBudget work() {
        return root.work();
    }

    /** What {@code var} without a name gives. */
    Object whole() {
        if (outer != null) {
            return data;
        }
        work().elements(root.context().size());
        Map<String, Object> all = new HashMap<>(root.context());
        all.put(FLAGD, root.flagd());
        return all;
    }

    /** A first name in what variables are of; null also when there is none. */
    Object first(String name) {
        return outer == null && name.equals(FLAGD) ? root.flagd() : Values.property(data, name);
    }

    boolean hasFirst(String name) {
        return outer == null && name.equals(FLAGD) || Values.hasProperty(data, name);
    }
}
