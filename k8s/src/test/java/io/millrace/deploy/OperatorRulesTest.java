package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules that the operator has beside its schema, one broken in each test. */
class OperatorRulesTest {
    private static final Manifest TASKS = Project.find(Project.render("production"), "FlinkDeployment/millrace-tasks");

    @Test
    void whatTheChartRendersBreaksNone() {
        assertThat(OperatorRules.check(TASKS)).isEmpty();
    }

    @Test
    void aNameIsAtMostFortyFiveCharacters() {
        refused(body -> object(body, "metadata").put("name", "m".repeat(46)), "metadata.name");
    }

    @Test
    void aVersionOfFlinkIsNamed() {
        refused(body -> object(body, "spec").remove("flinkVersion"), "spec.flinkVersion");
    }

    @Test
    void aServiceAccountIsNamed() {
        refused(body -> object(body, "spec").remove("serviceAccount"), "spec.serviceAccount");
    }

    @Test
    void theClusterIdIsTheOperators() {
        refused(body -> configuration(body).put("kubernetes.cluster-id", "mine"), "kubernetes.cluster-id");
    }

    @Test
    void theNamespaceIsTheOperators() {
        refused(body -> configuration(body).put("kubernetes.namespace", "mine"), "kubernetes.namespace");
    }

    @Test
    void theClusterIdOfHighAvailabilityIsTheOperators() {
        refused(
                body -> configuration(body).put("high-availability.cluster-id", "mine"),
                "high-availability.cluster-id");
    }

    @Test
    void aLogConfigurationIsOfAFileThatFlinkReads() {
        refused(
                body -> object(body, "spec", "logConfiguration").put("log4j.properties", ""),
                "logConfiguration.log4j.properties");
    }

    @Test
    void rollbackNeedsHighAvailability() {
        refused(
                body -> {
                    configuration(body).put("kubernetes.operator.deployment.rollback.enabled", "true");
                    configuration(body).remove("high-availability.type");
                },
                "rollback.enabled: needs high-availability.type");
    }

    @Test
    void theHealthCheckNeedsRecoveryOfTheJobManager() {
        refused(
                body -> {
                    configuration(body).put("kubernetes.operator.cluster.health-check.enabled", "true");
                    configuration(body).put("kubernetes.operator.jm-deployment-recovery.enabled", "false");
                },
                "needs kubernetes.operator.jm-deployment-recovery.enabled");
    }

    @Test
    void aJobHasAJar() {
        refused(body -> object(body, "spec", "job").put("jarURI", " "), "spec.job.jarURI");
    }

    @Test
    void aJobHasAParallelism() {
        refused(body -> object(body, "spec", "job").put("parallelism", 0), "spec.job.parallelism");
    }

    @Test
    void aStatefulUpgradeNeedsACheckpointDirectory() {
        refused(body -> configuration(body).remove("execution.checkpointing.dir"), "execution.checkpointing.dir");
    }

    @Test
    void anUpgradeFromASavepointNeedsItsDirectory() {
        refused(
                body -> configuration(body).remove("execution.checkpointing.savepoint-dir"),
                "is needed for upgradeMode savepoint");
    }

    @Test
    void periodicSavepointsNeedTheirDirectory() {
        refused(
                body -> {
                    configuration(body).remove("execution.checkpointing.savepoint-dir");
                    object(body, "spec", "job").put("upgradeMode", "last-state");
                },
                "is needed for kubernetes.operator.periodic.savepoint.interval");
    }

    @Test
    void aSavepointThatIsTriggeredNeedsItsDirectory() {
        refused(
                body -> {
                    configuration(body).remove("execution.checkpointing.savepoint-dir");
                    object(body, "spec", "job").put("savepointTriggerNonce", 1);
                },
                "is needed for savepointTriggerNonce");
    }

    @Test
    void anUpgradeFromTheLastStateNeedsHighAvailability() {
        refused(
                body -> {
                    object(body, "spec", "job").put("upgradeMode", "last-state");
                    configuration(body).remove("high-availability.type");
                },
                "is needed for upgradeMode last-state");
    }

    @Test
    void aRedeploymentFromASavepointNamesIt() {
        refused(body -> object(body, "spec", "job").put("savepointRedeployNonce", 1), "initialSavepointPath");
    }

    @Test
    void thereIsAJobManager() {
        refused(
                body -> object(body, "spec", "jobManager").put("replicas", 0),
                "jobManager.replicas: must be at least 1");
    }

    @Test
    void standbyJobManagersNeedHighAvailability() {
        refused(
                body -> configuration(body).put("high-availability.type", "NONE"),
                "jobManager.replicas: more than 1 need high-availability.type");
    }

    @Test
    void memoryIsASize() {
        refused(
                body -> object(body, "spec", "taskManager", "resource").put("memory", "much"),
                "taskManager.resource.memory");
        refused(body -> object(body, "spec", "jobManager", "resource").remove("memory"), "jobManager.resource.memory");
    }

    @Test
    void ephemeralStorageIsAQuantity() {
        refused(
                body -> object(body, "spec", "taskManager", "resource").put("ephemeralStorage", "1 GB"),
                "taskManager.resource.ephemeralStorage");
    }

    @Test
    void thereAreTaskManagers() {
        refused(body -> object(body, "spec", "taskManager").put("replicas", 0), "taskManager.replicas");
    }

    @Test
    void theAutoscalerAimsAtMoreThanNothing() {
        refused(
                body -> configuration(body).put("job.autoscaler.utilization.target", "0"),
                "job.autoscaler.utilization.target");
    }

    @Test
    void theAutoscalerHasRoom() {
        refused(
                body -> configuration(body).put("job.autoscaler.vertex.min-parallelism", "13"),
                "min-parallelism: is more than max-parallelism");
    }

    @Test
    void aSnapshotIsASavepointOrACheckpoint() {
        Manifest snapshot = snapshot();
        object(snapshot.body(), "spec").putObject("checkpoint");

        assertThat(OperatorRules.check(snapshot))
                .extracting(Finding::message)
                .containsExactly("spec: has to have one of savepoint and checkpoint");
    }

    @Test
    void aSnapshotIsOfAJob() {
        Manifest snapshot = snapshot();
        object(snapshot.body(), "spec").remove("jobReference");

        assertThat(OperatorRules.check(snapshot))
                .extracting(Finding::message)
                .containsExactly("spec.jobReference: is missing");
    }

    private static Manifest snapshot() {
        return Project.find(
                Project.CHART.render(List.of("production"), Project.COMMIT, Map.of("snapshots.now", "test")),
                "FlinkStateSnapshot/millrace-tasks-test");
    }

    private static void refused(Consumer<ObjectNode> mistake, String message) {
        ObjectNode body = TASKS.body().deepCopy();
        mistake.accept(body);

        assertThat(OperatorRules.check(new Manifest(body)))
                .extracting(Finding::message)
                .anySatisfy(text -> assertThat(text).contains(message));
    }

    private static ObjectNode configuration(ObjectNode body) {
        return object(body, "spec", "flinkConfiguration");
    }

    private static ObjectNode object(JsonNode body, String... path) {
        JsonNode node = body;
        for (String field : path) {
            node = node.get(field);
        }
        return (ObjectNode) node;
    }
}
