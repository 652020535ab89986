package io.millrace.local.workflow.rehearsal;

import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.WorkflowEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those who decide: each, in the order in which they are written down, about the latest step that asks them. */
final class People {
    private final List<RehearsalCase.Decision> ahead;
    /** What is asked and not decided yet, by its step. */
    private final Map<String, Asked> open = new LinkedHashMap<>();

    private record Asked(ApprovalRequested request, long at) {}

    /** A decision, and about what. */
    record Made(String requestId, RehearsalCase.Decision decision) {}

    private record Choice(RehearsalCase.Decision decision, Asked asked) {
        long at() {
            return asked.at() + decision.after().toMillis();
        }
    }

    People(List<RehearsalCase.Decision> decisions) {
        ahead = new ArrayList<>(decisions);
    }

    void asked(ApprovalRequested request, long now) {
        // Asked again, as when it is escalated, it is still the same.
        open.compute(
                request.step(),
                (step, before) -> before != null && before.request().requestId().equals(request.requestId())
                        ? before
                        : new Asked(request, now));
    }

    void told(WorkflowEvent event) {
        switch (event.change()) {
            case STEP_COMPLETED, STEP_FAILED, STEP_CANCELLED, STEP_RETRIED -> open.remove(event.step());
            default -> {
                return;
            }
        }
    }

    boolean isAsked() {
        return !open.isEmpty();
    }

    String asking() {
        return String.join(", ", open.keySet());
    }

    /** When the next decision is made; {@link Long#MAX_VALUE} for never. */
    long next() {
        Choice choice = choice();
        return choice == null ? Long.MAX_VALUE : choice.at();
    }

    Made decide() {
        Choice choice = choice();
        ahead.remove(choice.decision());
        return new Made(choice.asked().request().requestId(), choice.decision());
    }

    private Choice choice() {
        for (RehearsalCase.Decision decision : ahead) {
            Asked latest = null;
            for (Asked asked : open.values()) {
                if (decision.step() == null || isNamed(asked.request().step(), decision.step())) {
                    latest = asked;
                }
            }
            if (latest != null) {
                return new Choice(decision, latest);
            }
        }
        return null;
    }

    private static boolean isNamed(String pointer, String step) {
        return pointer.equals(step) || pointer.endsWith("/" + step);
    }
}
