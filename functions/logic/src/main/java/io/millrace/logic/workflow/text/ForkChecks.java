package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which branches of a fork wait for which: {@code metadata.needs}. */
final class ForkChecks {
    private ForkChecks() {}

    static void check(Problems problems, String pointer, JsonNode branches, boolean compete) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (int i = 0; i < branches.size(); i++) {
            for (Map.Entry<String, JsonNode> branch : branches.get(i).properties()) {
                String at = pointer + "/branches/" + i + "/" + SchemaProblems.escaped(branch.getKey());
                needs.put(branch.getKey(), names(problems, at, branch.getValue().at("/metadata/needs")));
                places.put(branch.getKey(), at + "/metadata/needs");
            }
        }
        needs.forEach((branch, needed) -> {
            if (compete && !needed.isEmpty()) {
                problems.add(places.get(branch), "branches that compete can't need each other");
            }
            for (String other : needed) {
                if (!needs.containsKey(other)) {
                    problems.add(places.get(branch), "there is no branch \"" + other + "\" beside it");
                }
            }
        });
        List<String> circle = circle(needs);
        if (!circle.isEmpty()) {
            problems.add(
                    places.get(circle.get(0)),
                    "branches wait for each other in a circle: " + String.join(", ", circle));
        }
    }

    private static List<String> names(Problems problems, String branch, JsonNode needs) {
        List<String> names = new ArrayList<>();
        boolean texts = needs.isArray() || needs.isMissingNode();
        for (JsonNode need : needs) {
            texts &= need.isTextual();
            names.add(need.asText());
        }
        if (!texts) {
            problems.add(branch + "/metadata/needs", "must be a list of the names of branches");
            return List.of();
        }
        return names;
    }

    /** What is left when those are taken away that wait for nothing that is left. */
    private static List<String> circle(Map<String, List<String>> needs) {
        List<String> left = new ArrayList<>(needs.keySet());
        while (left.removeIf(branch -> needs.get(branch).stream().noneMatch(left::contains))) {
            // Until none of the rest can begin.
        }
        return left;
    }
}
