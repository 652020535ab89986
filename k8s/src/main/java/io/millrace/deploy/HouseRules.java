package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What no manifest may have, whatever its schema allows: secrets, floating images, rights to all, open doors. */
final class HouseRules {
    private static final Set<String> CLOSED_KINDS = Set.of("Secret", "Ingress", "ClusterRole", "ClusterRoleBinding");
    private static final Set<String> OPEN_SERVICES =
            Set.of("LoadBalancer", "NodePort", "loadbalancer", "nodeport", "ingress");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");
    private static final Pattern IMAGE =
            Pattern.compile("[^\\s:@]+(:\\d+)?/[^\\s:@]+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})");
    /** Keys of storage accounts and the like, private keys, passwords that are written out, and tokens in addresses. */
    private static final Pattern SECRET = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY"
            + "|(?i)(password|accountkey|sharedaccesskey|secretkey|api[-_]?key|token)"
            + "\\s*[=:]\\s*[\"']?(?!\\$\\{)[^\\s\"';{}]{6,}"
            + "|[?&]sig=|\\bAKIA[0-9A-Z]{16}\\b|\\beyJ[\\w-]{10,}\\.[\\w-]{10,}");

    private final Manifest manifest;
    private final List<Finding> findings = new ArrayList<>();

    private HouseRules(Manifest manifest) {
        this.manifest = manifest;
    }

    static List<Finding> check(Manifest manifest) {
        HouseRules rules = new HouseRules(manifest);
        if (CLOSED_KINDS.contains(manifest.kind())) {
            rules.found("kind: Millrace makes no " + manifest.kind());
        }
        rules.walk("", "", manifest.body());
        if (manifest.isFlinkDeployment()) {
            rules.pods();
        }
        return List.copyOf(rules.findings);
    }

    private void walk(String path, String key, JsonNode node) {
        if (node.isTextual()) {
            text(path, key, node.asText());
        }
        if (node.isArray()) {
            node.forEach(element -> walk(path + "[]", key, element));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            walk(path + "/" + field.getKey(), field.getKey(), field.getValue());
        }
    }

    private void text(String path, String key, String text) {
        if (SECRET.matcher(text).find()) {
            found(path + ": looks like a secret");
        }
        if (key.equals("image") && !IMAGE.matcher(text).matches()) {
            found(path + ": an image has a registry, and a tag that is not latest or a digest; is " + text);
        }
        if (EVERYWHERE.contains(text)) {
            found(path + ": " + text + " is everybody");
        }
        if (key.equals("type") && OPEN_SERVICES.contains(text)) {
            found(path + ": " + text + " opens a door to the outside");
        }
        if (text.equals("*") && !path.startsWith("/spec/groups")) {
            found(path + ": * is a right to everything");
        }
    }

    /** Pod Security "restricted" admits the pods. */
    private void pods() {
        JsonNode pod = manifest.body().at("/spec/podTemplate/spec");
        require(pod.at("/securityContext/runAsNonRoot").asBoolean(), "pods must run as non-root");
        require(
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                "pods must have the seccomp profile RuntimeDefault");
        List<JsonNode> containers = new ArrayList<>();
        pod.path("initContainers").forEach(containers::add);
        pod.path("containers").forEach(containers::add);
        for (JsonNode container : containers) {
            JsonNode security = container.path("securityContext");
            require(
                    security.path("allowPrivilegeEscalation").isBoolean()
                            && !security.path("allowPrivilegeEscalation").asBoolean(),
                    "containers must not gain privileges");
            require(
                    security.at("/capabilities/drop/0").asText().equals("ALL"),
                    "containers must drop all capabilities");
            require(security.path("readOnlyRootFilesystem").asBoolean(), "containers must not write their image");
        }
        for (JsonNode volume : pod.path("volumes")) {
            require(!volume.has("hostPath"), "pods must not see the node's files");
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            found("/spec/podTemplate: " + message);
        }
    }

    private void found(String message) {
        findings.add(new Finding(manifest.id(), message));
    }
}
