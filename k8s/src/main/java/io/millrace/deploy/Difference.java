package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What changes between two renderings, and what that does to jobs that run. */
final class Difference {

    private static final String PARTITIONS = "/spec/partitions";

    private final List<String> lines = new ArrayList<>();

    private Difference() {}

    /** @return lines for people; empty when nothing changes */
    static List<String> between(List<Manifest> before, List<Manifest> after) {
        Map<String, Manifest> old = byId(before);
        Map<String, Manifest> young = byId(after);
        Set<String> ids = new LinkedHashSet<>(old.keySet());
        ids.addAll(young.keySet());
        Difference difference = new Difference();
        ids.forEach(id -> difference.compare(id, old.get(id), young.get(id)));
        return difference.lines;
    }

    private static Map<String, Manifest> byId(List<Manifest> manifests) {
        Map<String, Manifest> byId = new LinkedHashMap<>();
        manifests.forEach(manifest -> byId.put(manifest.id(), manifest));
        return byId;
    }

    private void compare(String id, Manifest old, Manifest young) {
        if (old == null) {
            lines.add("+ " + id);
        } else if (young == null) {
            lines.add("- " + id + (isKept(old) ? ", which Helm leaves where it is" : ""));
            if (old.isFlinkDeployment()) {
                lines.add("    the operator takes a savepoint and ends the job");
            }
        } else if (!old.body().equals(young.body())) {
            lines.add("~ " + id);
            fields("", old.body(), young.body());
            if (young.isFlinkDeployment()) {
                lines.add("    " + effect(old.body(), young.body()));
            }
            if (young.kind().equals("KafkaTopic")
                    && !old.body().at(PARTITIONS).equals(young.body().at(PARTITIONS))) {
                lines.add("    keys go to other partitions from then on: nothing is in order across the change");
            }
        }
    }

    private static boolean isKept(Manifest manifest) {
        return manifest.body()
                .at("/metadata/annotations/helm.sh~1resource-policy")
                .asText()
                .equals("keep");
    }

    private static String effect(JsonNode old, JsonNode young) {
        if (old.path("spec").equals(young.path("spec"))) {
            return "the job goes on";
        }
        if (young.at("/spec/job/state").asText().equals("suspended")) {
            return "the operator stops the job with a savepoint, and keeps it stopped";
        }
        if (!old.at("/spec/job/savepointRedeployNonce").equals(young.at("/spec/job/savepointRedeployNonce"))) {
            return "the operator ends the job, whatever its state, and starts it from "
                    + young.at("/spec/job/initialSavepointPath").asText();
        }
        return "the operator stops the job with a savepoint and starts it from that";
    }

    private void fields(String path, JsonNode old, JsonNode young) {
        if (old.isObject() && young.isObject()) {
            Set<String> names = new TreeSet<>();
            old.fieldNames().forEachRemaining(names::add);
            young.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> fields(path.isEmpty() ? name : path + "." + name, old.path(name), young.path(name)));
        } else if (old.isArray() && young.isArray() && old.size() == young.size()) {
            for (int i = 0; i < old.size(); i++) {
                fields(path + "[" + i + "]", old.get(i), young.get(i));
            }
        } else if (!old.equals(young)) {
            lines.add("    " + path + ": " + shown(old) + " -> " + shown(young));
        }
    }

    private static String shown(JsonNode node) {
        return node instanceof MissingNode ? "nothing" : node.toString();
    }
}
