package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which branches of a fork have to be done before others begin: {@code metadata.needs}. */
final class Needs {

    private Needs() {}

    /** The positions of the branches that one needs. */
    static List<Integer> of(TaskList branches, Step branch) throws InvalidDefinitionException {
        JsonNode needs = branch.head().definition().at("/metadata/needs");
        List<Integer> positions = new ArrayList<>();
        for (JsonNode need : needs) {
            int position = branches.indexOf(need.asText());
            if (position < 0) {
                throw new InvalidDefinitionException(
                        branch.head().pointer() + "/metadata/needs", "there is no branch \"" + need.asText() + "\"");
            }
            if (!positions.contains(position)) {
                positions.add(position);
            }
        }
        if (!needs.isMissingNode() && !needs.isArray()) {
            throw new InvalidDefinitionException(
                    branch.head().pointer() + "/metadata/needs", "must be a list of the names of branches");
        }
        return List.copyOf(positions);
    }

    /** Takes those away that wait for nothing, until none is left. */
    static void requireNoCycle(TaskList names, List<Step.Branch> branches) throws InvalidDefinitionException {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            left.add(i);
        }
        boolean taken = true;
        while (taken) {
            taken = left.removeIf(
                    position -> branches.get(position).needs().stream().noneMatch(left::contains));
        }
        if (!left.isEmpty()) {
            throw new InvalidDefinitionException(
                    branches.get(left.get(0)).step().head().pointer() + "/metadata/needs",
                    "in " + names.pointer() + " branches wait for each other in a circle");
        }
    }
}
