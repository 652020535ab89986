package io.millrace.local.workflow;

import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of a run by their places in the definition, from what happened in it. */
public final class RunTree {
    private final Map<String, Node> byPointer = new TreeMap<>(RunTree::inOrder);

    /**
     * A step; of one in a loop, all its rounds together.
     *
     * @param depth in how many other steps it is
     * @param state of its latest round
     * @param rounds how often it was begun, retries aside
     * @param attempts of all rounds
     * @param durationMs of all rounds that ended
     * @param detail why it is so; null when there is nothing to say
     */
    public record Row(
            String pointer,
            int depth,
            String kind,
            State state,
            long rounds,
            long attempts,
            long durationMs,
            long costMicros,
            String detail) {

        /** The last part of the pointer: what the step is called. */
        public String name() {
            return pointer.substring(pointer.lastIndexOf('/') + 1)
                    .replace("~1", "/")
                    .replace("~0", "~");
        }
    }

    /** How a step is. */
    public enum State {
        RUNNING,
        WAITING,
        COMPLETED,
        FAILED,
        CANCELLED,
        SKIPPED
    }

    private static final class Node {
        /** The attempts of each round, by its iteration path. */
        private final Map<String, Integer> rounds = new HashMap<>();

        private String kind;
        private State state = State.RUNNING;
        private long durationMs;
        private long costMicros;
        private String detail;
    }

    /** @param events of one run, in order */
    public static RunTree of(Collection<WorkflowEvent> events) {
        RunTree tree = new RunTree();
        events.stream()
                .filter(event -> event.step() != null && !event.step().isEmpty())
                .forEach(tree::take);
        return tree;
    }

    private void take(WorkflowEvent event) {
        Node node = byPointer.computeIfAbsent(event.step(), pointer -> new Node());
        node.rounds.merge(event.iteration() == null ? "" : event.iteration(), Math.max(1, event.attempt()), Math::max);
        node.kind = event.kind() == null ? node.kind : event.kind();
        node.durationMs += event.durationMs() == null ? 0 : event.durationMs();
        node.costMicros += event.costMicros() == null ? 0 : event.costMicros();
        State state = stateAfter(event.change());
        if (state != null) {
            node.state = state;
            node.detail = detail(event);
        }
    }

    private static State stateAfter(Change change) {
        return switch (change) {
            case STEP_STARTED, STEP_RETRIED -> State.RUNNING;
            case STEP_WAITING -> State.WAITING;
            case STEP_COMPLETED -> State.COMPLETED;
            case STEP_FAILED -> State.FAILED;
            case STEP_CANCELLED -> State.CANCELLED;
            case STEP_SKIPPED -> State.SKIPPED;
            default -> null;
        };
    }

    private static String detail(WorkflowEvent event) {
        if (event.error() != null) {
            return event.error().detail() == null
                    ? event.error().title()
                    : event.error().detail();
        }
        return event.detail();
    }

    /** In the order of the definition, a step before those in it. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byPointer.forEach((pointer, node) -> rows.add(new Row(
                pointer,
                (int) byPointer.keySet().stream()
                        .filter(other -> pointer.startsWith(other + "/"))
                        .count(),
                node.kind,
                node.state,
                node.rounds.size(),
                node.rounds.values().stream().mapToLong(Integer::longValue).sum(),
                node.durationMs,
                node.costMicros,
                node.detail)));
        return rows;
    }

    /** The tenth step of a list comes after the ninth. */
    private static int inOrder(String some, String other) {
        String[] parts = some.split("/");
        String[] others = other.split("/");
        for (int i = 0; i < Math.min(parts.length, others.length); i++) {
            int order = isNumber(parts[i]) && isNumber(others[i])
                    ? Comparator.<Integer>naturalOrder()
                            .compare(Integer.parseInt(parts[i]), Integer.parseInt(others[i]))
                    : rank(parts[i]).compareTo(rank(others[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.length, others.length);
    }

    /** What is caught comes after what is tried. */
    private static String rank(String part) {
        return part.equals("catch") ? "~" + part : part;
    }

    private static boolean isNumber(String part) {
        return part.matches("[0-9]{1,9}");
    }
}
