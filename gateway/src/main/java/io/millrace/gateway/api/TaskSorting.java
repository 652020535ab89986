package io.millrace.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.model.TaskSort;
import io.millrace.gateway.model.TaskSort.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** By what tasks are sorted, as it stands in the address: {@code priority,-due}. */
final class TaskSorting {
    private static final int MOST = 3;
    private static final List<TaskSort> USUAL =
            List.of(new TaskSort(Key.DUE, false), new TaskSort(Key.PRIORITY, false));
    private static final String NAMES =
            Arrays.stream(Key.values()).map(Key::wireName).collect(Collectors.joining(", "));

    static final Parameter<List<TaskSort>> PARAMETER = Parameter.of(
            "sort",
            "By what it is sorted, at most " + MOST + " of " + NAMES
                    + ", separated by commas; with '-' before it the last comes first. What has no due date or priority comes"
                    + " after what has one.",
            TaskSorting::describe,
            USUAL,
            (field, given) -> read(field, Parameter.once(field, given)));

    private TaskSorting() {}

    private static void describe(ObjectNode schema) {
        schema.put("default", "due,priority").putArray("examples").add("priority,-due");
    }

    private static List<TaskSort> read(String field, String given) throws ProblemException {
        List<TaskSort> sorts = new ArrayList<>();
        Set<Key> seen = EnumSet.noneOf(Key.class);
        for (String word : given.split(",", -1)) {
            boolean descending = word.startsWith("-");
            String name = descending ? word.substring(1) : word;
            Key key = Arrays.stream(Key.values())
                    .filter(one -> one.wireName().equals(name))
                    .findAny()
                    .orElseThrow(() -> wrong(field));
            if (!seen.add(key) || seen.size() > MOST) {
                throw wrong(field);
            }
            sorts.add(new TaskSort(key, descending));
        }
        return sorts;
    }

    private static ProblemException wrong(String field) {
        return ProblemException.ofField(
                field, "invalid_value", "must be at most " + MOST + " of " + NAMES + ", each once");
    }
}
