package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks find what is wrong: a mistake in each kind of manifest, and of each kind of mistake. */
class PlantedMistakesTest {
    private static final ManifestCheck CHECK = new ManifestCheck();
    private static final List<Manifest> MANIFESTS = manifests();

    private static List<Manifest> manifests() {
        return Project.CHART.render(
                List.of("production", "with-dapr"), Project.COMMIT, Map.of("snapshots.now", "test"));
    }

    /** One manifest of each kind. */
    static Stream<Manifest> kinds() {
        return MANIFESTS.stream()
                .collect(Collectors.toMap(Manifest::kind, manifest -> manifest, (one, other) -> one, TreeMap::new))
                .values()
                .stream();
    }

    @Test
    void everyKindThatTheChartRendersIsTried() {
        assertThat(kinds().map(Manifest::kind).collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "Component",
                        "ConfigMap",
                        "ExternalSecret",
                        "FlinkDeployment",
                        "FlinkStateSnapshot",
                        "Kafka",
                        "KafkaNodePool",
                        "KafkaTopic",
                        "KafkaUser",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "PodMonitor",
                        "PrometheusRule",
                        "Role",
                        "RoleBinding",
                        "SecretStore",
                        "ServiceAccount",
                        "Subscription"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldThatNobodyKnowsIsFoundAtTheTop(Manifest manifest) {
        ObjectNode changed = manifest.body().deepCopy();
        changed.put("specc", "typo");

        assertFound(changed, "specc");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldThatNobodyKnowsIsFoundInTheMetadata(Manifest manifest) {
        ObjectNode changed = manifest.body().deepCopy();
        ((ObjectNode) changed.path("metadata")).put("lables", "typo");

        assertFound(changed, "lables");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldThatNobodyKnowsIsFoundInTheSpecification(Manifest manifest) {
        ObjectNode changed = manifest.body().deepCopy();
        if (changed.path("spec") instanceof ObjectNode spec) {
            spec.put("repliccas", "typo");

            assertFound(changed, "repliccas");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FlinkDeployment/millrace-tasks, /spec/job, paralelism",
        "FlinkDeployment/millrace-tasks, /spec/jobManager/resource, memmory",
        "FlinkDeployment/millrace-tasks, /spec/podTemplate/spec/securityContext, runAsNotRoot",
        "FlinkDeployment/millrace-tasks, /spec/podTemplate/spec/containers/0, volumeMount",
        "FlinkDeployment/millrace-tasks, /spec/taskManager/podTemplate/spec/topologySpreadConstraints/0, maxSkeww",
        "FlinkDeployment/millrace-tasks, /spec/flinkConfiguration, execution.checkpointing.intervall",
        "FlinkStateSnapshot/millrace-tasks-test, /spec/savepoint, disposeOnDeletion",
        "Kafka/millrace, /spec/kafka/listeners/0, tlss",
        "KafkaNodePool/brokers, /spec/storage/volumes/0, sizes",
        "KafkaTopic/task-events, /spec, replica",
        "KafkaUser/tasks-job, /spec/authorization/acls/0, operation",
        "NetworkPolicy/millrace-tasks, /spec/ingress/0, form",
        "PodDisruptionBudget/millrace-tasks-jobmanager, /spec/selector, matchLabel",
        "PodMonitor/millrace-flink, /spec/podMetricsEndpoints/0, intervall",
        "PrometheusRule/millrace-lag, /spec/groups/0/rules/0, expression",
        "Role/millrace-tasks, /rules/0, verb",
        "ExternalSecret/millrace-audit-audit, /spec/data/0/remoteRef, keyy",
        "SecretStore/millrace, /spec/provider/azurekv, vaultURL",
        "Component/millrace, /spec/metadata/0, val",
        "Subscription/shop-reminders, /spec/routes, defaults",
        "ServiceAccount/millrace-tasks, '', automountServiceAccountTokens",
        "RoleBinding/millrace-tasks, /roleRef, apigroup"
    })
    void aFieldThatNobodyKnowsIsFoundFarInside(String id, String pointer, String field) {
        ObjectNode changed = Project.find(MANIFESTS, id).body().deepCopy();
        ((ObjectNode) changed.at(pointer)).put(field, "typo");

        assertFound(changed, field);
    }

    @ParameterizedTest
    @CsvSource({
        "FlinkDeployment/millrace-tasks, /spec/job/upgradeMode, savepoints",
        "FlinkDeployment/millrace-tasks, /spec/flinkVersion, v2_9",
        "KafkaTopic/task-events, /spec/partitions, four",
        "PodMonitor/millrace-flink, /spec/podMetricsEndpoints, none",
        "FlinkStateSnapshot/millrace-tasks-test, /spec/savepoint/formatType, AVRO",
        "SecretStore/millrace, /spec/provider/azurekv/authType, Password"
    })
    void aValueThatIsNoneIsFound(String id, String pointer, String value) {
        ObjectNode changed = Project.find(MANIFESTS, id).body().deepCopy();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) changed.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);

        assertFound(changed, pointer.substring(slash + 1));
    }

    @Test
    void anObjectThatIsThereTwiceIsFound() {
        Manifest one = MANIFESTS.get(0);

        assertThat(CHECK.check(List.of(one, one))).contains(new Finding(one.id(), "is there twice"));
    }

    @Test
    void aKindWithoutASchemaIsFound() {
        ObjectNode changed = MANIFESTS.get(0).body().deepCopy();
        changed.put("apiVersion", "apps/v1beta7");

        assertFound(changed, "no kind with a schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/image | millrace.azurecr.io/millrace/millrace-tasks:latest | an image has",
                "/spec/image | millrace-tasks:1 | an image has",
                "/spec/job/jarURI | https://user:pw@host/?sig=abc | secret",
                "/spec/job/entryClass | password=correct-horse | secret",
                "/spec/job/entryClass | DefaultEndpointsProtocol=https;AccountKey=Zm9vYmFyYmF6 | secret",
                "/spec/job/entryClass | AKIAIOSFODNN7EXAMPLE | secret",
                "/spec/serviceAccount | * | a right to everything"
            })
    void whatNoManifestMayHaveIsFound(String pointer, String value, String message) {
        ObjectNode changed =
                Project.find(MANIFESTS, "FlinkDeployment/millrace-tasks").body().deepCopy();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) changed.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);

        assertFound(changed, message);
    }

    @Test
    void aRightToEverythingIsFound() {
        ObjectNode changed =
                Project.find(MANIFESTS, "Role/millrace-tasks").body().deepCopy();
        ((ArrayNode) changed.at("/rules/0/verbs")).add("*");

        assertFound(changed, "* is a right to everything");
    }

    @Test
    void aDoorToEverybodyIsFound() {
        JsonNode policy =
                Project.find(MANIFESTS, "NetworkPolicy/millrace-tasks").body();
        ObjectNode changed = policy.deepCopy();
        ((ObjectNode) changed.at("/spec/egress/3/to/0/ipBlock")).put("cidr", "0.0.0.0/0");

        assertFound(changed, "0.0.0.0/0 is everybody");
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/podTemplate/spec/securityContext/runAsNonRoot, false, non-root",
        "/spec/podTemplate/spec/containers/0/securityContext/allowPrivilegeEscalation, true, gain privileges",
        "/spec/podTemplate/spec/containers/0/securityContext/readOnlyRootFilesystem, false, write their image"
    })
    void aPodThatMayTooMuchIsFound(String pointer, boolean value, String message) {
        ObjectNode changed =
                Project.find(MANIFESTS, "FlinkDeployment/millrace-tasks").body().deepCopy();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) changed.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);

        assertFound(changed, message);
    }

    @ParameterizedTest
    @CsvSource({"Secret", "Ingress", "ClusterRole", "ClusterRoleBinding"})
    void kindsThatMillraceMakesNoneOfAreFound(String kind) {
        ObjectNode changed = MANIFESTS.get(0).body().deepCopy();
        changed.put("kind", kind);

        assertFound(changed, "Millrace makes no " + kind);
    }

    private static void assertFound(JsonNode changed, String what) {
        assertThat(CHECK.check(List.of(new Manifest(changed))))
                .anySatisfy(finding -> assertThat(finding.message()).contains(what));
    }
}
