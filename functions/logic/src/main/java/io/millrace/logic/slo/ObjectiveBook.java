package io.millrace.logic.slo;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objectives there are, and which of them are for a group and a topic. Not thread-safe. */
public final class ObjectiveBook {
    /** The most there can be. */
    public static final int MAX_OBJECTIVES = 200;
    /** The most that count for one group and topic: the first by name. */
    public static final int MAX_OF_ONE = 10;

    private static final int MAX_FOUND = 20_000;
    private static final List<Objective> DEFAULT = List.of(Objective.DEFAULT);

    private final Map<String, ScopedObjective> byName = new TreeMap<>();
    /** By key of the sample. */
    private final Map<String, List<Objective>> found = new HashMap<>();

    /** @throws RejectedEventException when it can't be followed, or there are too many; it is as before then */
    public void put(SloDefined defined) throws RejectedEventException {
        ScopedObjective objective = ScopedObjective.of(defined);
        if (byName.size() == MAX_OBJECTIVES && !byName.containsKey(defined.name())) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE,
                    "name: there are " + MAX_OBJECTIVES + " objectives already; take one away first");
        }
        byName.put(defined.name(), objective);
        found.clear();
    }

    public void remove(String name) {
        byName.remove(name);
        found.clear();
    }

    public int size() {
        return byName.size();
    }

    /**
     * What counts for the group and the topic of a sample; {@link Objective#DEFAULT} when nothing is defined for
     * them.
     */
    public List<Objective> of(LagSampled sample) {
        String key = sample.key();
        List<Objective> known = found.get(key);
        if (known == null) {
            known = find(sample.group(), sample.topic());
            if (found.size() == MAX_FOUND) {
                found.clear();
            }
            found.put(key, known);
        }
        return known;
    }

    private List<Objective> find(String group, String topic) {
        List<Objective> all = byName.values().stream()
                .filter(objective -> objective.isFor(group, topic))
                .map(ScopedObjective::objective)
                .limit(MAX_OF_ONE)
                .toList();
        return all.isEmpty() ? DEFAULT : all;
    }
}
