package io.millrace.operators.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is measured for each of the names that others choose: each of the first {@value #MAX_NAMES} has its own, and
 * those after them share {@link #OTHERS}. Flink keeps metrics until the task ends. For any thread.
 *
 * @param <V> the metrics of one name
 */
public final class ByName<V> {
    /** The name of those that have none of their own. */
    public static final String OTHERS = "-others-";

    public static final int MAX_NAMES = 1_000;

    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final Function<String, V> create;

    /** @param create registers the metrics of a name; called once for each */
    public ByName(Function<String, V> create) {
        this.create = create;
    }

    public V of(String name) {
        V own = values.get(name);
        return own != null ? own : values.computeIfAbsent(values.size() < MAX_NAMES ? name : OTHERS, create);
    }
}
