package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the Flink Kubernetes operator asks of a FlinkDeployment or FlinkStateSnapshot after the schema: the rules of its
 * DefaultValidator (1.15) that a new object can break. Those about changes of an object are its own to find.
 */
final class OperatorRules {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
    private static final List<String> FORBIDDEN =
            List.of("kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id");
    private static final Set<String> LOG_FILES = Set.of("log4j-console.properties", "logback-console.xml");
    private static final Pattern MEMORY =
            Pattern.compile("(?i)\\d+(\\.\\d+)?\\s*(b|k|kb|kib?|m|mb|mib?|g|gb|gib?|t|tb|tib?)?");
    private static final Pattern QUANTITY = Pattern.compile("\\d+(\\.\\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?");

    private final Manifest manifest;
    private final JsonNode spec;
    private final List<Finding> findings = new ArrayList<>();

    private OperatorRules(Manifest manifest) {
        this.manifest = manifest;
        this.spec = manifest.body().path("spec");
    }

    static List<Finding> check(Manifest manifest) {
        OperatorRules rules = new OperatorRules(manifest);
        if (manifest.isFlinkDeployment()) {
            rules.deployment();
        } else if (manifest.kind().equals("FlinkStateSnapshot")) {
            rules.snapshot();
        }
        return List.copyOf(rules.findings);
    }

    private void deployment() {
        require(NAME.matcher(manifest.name()).matches(), "metadata.name: at most 45 of a-z, 0-9 and -, a letter first");
        require(spec.has("flinkVersion"), "spec.flinkVersion: is missing");
        require(spec.path("serviceAccount").isTextual(), "spec.serviceAccount: is missing");
        FORBIDDEN.forEach(key -> require(
                !spec.path("flinkConfiguration").has(key),
                "spec.flinkConfiguration." + key + ": is the operator's to set"));
        spec.path("logConfiguration")
                .fieldNames()
                .forEachRemaining(file -> require(
                        LOG_FILES.contains(file), "spec.logConfiguration." + file + ": must be one of " + LOG_FILES));
        require(
                !isTrue("kubernetes.operator.deployment.rollback.enabled") || isHighlyAvailable(),
                "kubernetes.operator.deployment.rollback.enabled: needs high-availability.type");
        require(
                !isTrue("kubernetes.operator.cluster.health-check.enabled")
                        || !setting("kubernetes.operator.jm-deployment-recovery.enabled")
                                .equals("false"),
                "kubernetes.operator.cluster.health-check.enabled: needs"
                        + " kubernetes.operator.jm-deployment-recovery.enabled");
        if (spec.has("job")) {
            job(spec.path("job"));
        }
        jobManager(spec.path("jobManager"));
        resources("taskManager");
        require(spec.at("/taskManager/replicas").asInt(1) > 0, "spec.taskManager.replicas: must be at least 1");
        autoscaler();
    }

    private void job(JsonNode job) {
        require(!job.path("jarURI").asText().isBlank(), "spec.job.jarURI: is missing");
        boolean fixed = spec.at("/taskManager/replicas").isInt();
        require(fixed || job.path("parallelism").asInt() > 0, "spec.job.parallelism: must be at least 1");
        String mode = job.path("upgradeMode").asText("stateless");
        if (!mode.equals("stateless")) {
            require(
                    !setting("execution.checkpointing.dir").isBlank(),
                    "execution.checkpointing.dir: is needed for upgradeMode " + mode);
        }
        if (mode.equals("last-state")) {
            require(isHighlyAvailable(), "high-availability.type: is needed for upgradeMode last-state");
        }
        if (setting("execution.checkpointing.savepoint-dir").isBlank()) {
            require(
                    !mode.equals("savepoint"),
                    "execution.checkpointing.savepoint-dir: is needed for upgradeMode savepoint");
            require(
                    !job.has("savepointTriggerNonce"),
                    "execution.checkpointing.savepoint-dir: is needed for savepointTriggerNonce");
            require(
                    setting("kubernetes.operator.periodic.savepoint.interval").isBlank(),
                    "execution.checkpointing.savepoint-dir: is needed for"
                            + " kubernetes.operator.periodic.savepoint.interval");
        }
        require(
                !job.has("savepointRedeployNonce")
                        || !job.path("initialSavepointPath").asText().isBlank(),
                "spec.job.initialSavepointPath: is needed for savepointRedeployNonce");
    }

    private void jobManager(JsonNode jobManager) {
        resources("jobManager");
        int replicas = jobManager.path("replicas").asInt(1);
        require(replicas > 0, "spec.jobManager.replicas: must be at least 1");
        require(
                replicas <= 1 || isHighlyAvailable(),
                "spec.jobManager.replicas: more than 1 need high-availability.type");
    }

    private void resources(String component) {
        JsonNode resource = spec.path(component).path("resource");
        String at = "spec." + component + ".resource.";
        require(MEMORY.matcher(resource.path("memory").asText()).matches(), at + "memory: is no size");
        require(
                !resource.has("ephemeralStorage")
                        || QUANTITY.matcher(resource.path("ephemeralStorage").asText())
                                .matches(),
                at + "ephemeralStorage: is no quantity");
    }

    private void autoscaler() {
        if (isTrue("job.autoscaler.enabled")) {
            require(
                    isFraction("job.autoscaler.utilization.target"),
                    "job.autoscaler.utilization.target: must be above 0");
            int least = Integer.parseInt(setting("job.autoscaler.vertex.min-parallelism", "1"));
            int most = Integer.parseInt(setting("job.autoscaler.vertex.max-parallelism", "200"));
            require(least <= most, "job.autoscaler.vertex.min-parallelism: is more than max-parallelism");
        }
    }

    private boolean isFraction(String key) {
        return Double.parseDouble(setting(key, "0.7")) > 0;
    }

    private void snapshot() {
        require(spec.has("savepoint") != spec.has("checkpoint"), "spec: has to have one of savepoint and checkpoint");
        require(
                spec.has("jobReference") || spec.at("/savepoint/alreadyExists").asBoolean(),
                "spec.jobReference: is missing");
    }

    private boolean isHighlyAvailable() {
        String type = setting("high-availability.type");
        return !type.isBlank() && !type.equalsIgnoreCase("none");
    }

    private boolean isTrue(String key) {
        return setting(key).equals("true");
    }

    private String setting(String key) {
        return setting(key, "");
    }

    private String setting(String key, String otherwise) {
        return spec.path("flinkConfiguration").path(key).asText(otherwise);
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            findings.add(new Finding(manifest.id(), message));
        }
    }
}
