package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowSignal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What values a run holds. Steps hand them on, so that many hold the same. */
final class Sizes {

    private Sizes() {}

    /** All values, each once, and its place in the order. */
    static Map<JsonNode, Integer> places(RunState run) {
        Map<JsonNode, Integer> places = new IdentityHashMap<>();
        for (JsonNode value : all(run)) {
            if (value != null) {
                places.putIfAbsent(value, places.size());
            }
        }
        return places;
    }

    private static Collection<JsonNode> all(RunState run) {
        List<JsonNode> all = new ArrayList<>();
        all.add(run.input);
        all.add(run.context);
        all.add(run.output);
        for (Frame frame : run.frames.values()) {
            all.add(frame.raw);
            all.add(frame.data);
            all.add(frame.result);
            all.add(frame.items);
            all.add(frame.error);
            all.addAll(frame.parts);
        }
        return all;
    }

    /** About how many bytes they are. */
    static long of(RunState run) {
        long sum = 0;
        for (JsonNode value : places(run).keySet()) {
            try {
                sum += Json.size(value, Integer.MAX_VALUE);
            } catch (StepFailure e) {
                // A defect, as each was admitted: it counts all the same, and stops nothing.
                sum += Json.write(value).length();
            }
        }
        return sum;
    }

    static long ofInputs(List<WorkflowInput> inputs) {
        return inputs.stream().mapToLong(Sizes::of).sum();
    }

    /** How many characters the data has that somebody sent. */
    static long of(WorkflowInput input) {
        String data = input instanceof WorkflowSignal signal
                ? signal.data()
                : input instanceof ApprovalDecided decision
                        ? decision.data()
                        : input instanceof WorkflowControl control ? control.input() : null;
        return data == null ? 0 : data.length();
    }
}
