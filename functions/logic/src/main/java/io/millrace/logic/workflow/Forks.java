package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Branches that go on at the same time, and those among them that need others. */
final class Forks {
    private final Turn turn;
    private final Endings endings;

    Forks(Turn turn, Endings endings) {
        this.turn = turn;
        this.endings = endings;
    }

    /** @return what the fork comes to; null while branches go on */
    JsonNode begin(Frame frame, Step.Fork fork) throws StepFailure {
        frame.phase = Phase.BODY;
        frame.parts = new ArrayList<>(Collections.nCopies(fork.branches().size(), null));
        for (int i = 0; i < fork.branches().size(); i++) {
            if (fork.branches().get(i).needs().isEmpty()) {
                branch(frame, fork, i, frame.data);
            }
        }
        return fork.branches().isEmpty() ? Json.MAKE.arrayNode() : null;
    }

    private void branch(Frame frame, Step.Fork fork, int slot, JsonNode data) throws StepFailure {
        turn.spawn(frame, fork.branches().get(slot).step(), slot, frame.path, data);
    }

    /**
     * A branch has ended.
     *
     * @return what the fork comes to; null while branches go on
     */
    JsonNode ended(Frame frame, Step.Fork fork, int slot, JsonNode output) throws StepFailure {
        if (fork.compete()) {
            endings.kill(turn.inside(frame));
            return output;
        }
        frame.parts.set(slot, output);
        for (int i = 0; i < fork.branches().size(); i++) {
            List<Integer> needs = fork.branches().get(i).needs();
            if (needs.contains(slot) && needs.stream().allMatch(need -> frame.parts.get(need) != null)) {
                branch(frame, fork, i, turn.admit(needed(frame, fork, needs)));
            }
        }
        if (frame.parts.contains(null)) {
            return null;
        }
        ArrayNode outputs = Json.MAKE.arrayNode();
        outputs.addAll(frame.parts);
        return turn.admit(outputs);
    }

    /** What a branch that needs others begins with: their outputs by their names. */
    private static JsonNode needed(Frame frame, Step.Fork fork, List<Integer> needs) {
        ObjectNode outputs = Json.MAKE.objectNode();
        for (int need : needs) {
            outputs.set(fork.branches().get(need).step().head().name(), frame.parts.get(need));
        }
        return outputs;
    }
}
