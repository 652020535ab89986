package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {
    private static final ManifestCheck CHECK = new ManifestCheck();

    /** Each environment, and each overlay over production. */
    static Stream<List<String>> all() {
        return Stream.concat(
                Project.CHART.environments().stream().map(List::of),
                Project.CHART.overlays().stream().map(overlay -> List.of("production", overlay)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsRenderedIsAccepted(List<String> files) {
        List<Manifest> manifests = Project.CHART.render(files, Project.COMMIT, Map.of());

        assertThat(manifests).isNotEmpty();
        assertThat(CHECK.check(manifests)).isEmpty();
    }

    @Test
    void aSnapshotThatIsAskedForIsAcceptedToo() {
        List<Manifest> manifests =
                Project.CHART.render(List.of("production"), Project.COMMIT, Map.of("snapshots.now", "before-0-2-0"));

        Project.find(manifests, "FlinkStateSnapshot/millrace-tasks-before-0-2-0");
        assertThat(CHECK.check(manifests)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyJobIsDeployedOrTurnedOffByName(List<String> files) {
        List<String> deployed = Project.CHART.render(files, Project.COMMIT, Map.of()).stream()
                .filter(Manifest::isFlinkDeployment)
                .map(Manifest::name)
                .toList();
        List<String> wanted = Project.jobs().stream()
                .map(job -> job.get("name").asText())
                .filter(job -> !(files.contains("with-event-hubs") && job.equals("slo")))
                .map(job -> "millrace-" + job)
                .toList();

        assertThat(deployed).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void aJobWithoutAPlaceInTheValuesFailsByItsName() {
        assertThatThrownBy(() -> Project.CHART.render(List.of("dev"), Project.COMMIT, Map.of("jobs.digest", "null")))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("jobs.digest is missing from the values");
    }

    @Test
    void theJarIsThatOfThisBuild() {
        assertThat(Project.find(Project.render("dev"), "FlinkDeployment/millrace-tasks")
                        .body()
                        .at("/spec/job/jarURI")
                        .asText())
                .isEqualTo(
                        "local:///opt/flink/usrlib/millrace-tasks-" + System.getProperty("project.version") + ".jar");
    }

    @Test
    void aBudgetThatLetsNoNodeGoIsRefused() {
        assertThatThrownBy(() -> Project.CHART.render(
                        List.of("staging"), Project.COMMIT, Map.of("jobs.tasks.minTaskManagers", "2")))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("jobs.tasks.minTaskManagers: with 2 of 2 no node could ever be drained");
    }

    @Test
    void nothingIsDeployedWithoutACommit() {
        assertThatThrownBy(() -> Project.CHART.render(List.of("dev"), null, Map.of()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("image.tag: which commit is to run?");
    }

    @Test
    void aValueThatTheChartDoesNotKnowIsRefused() {
        assertThatThrownBy(() ->
                        Project.CHART.render(List.of("dev"), Project.COMMIT, Map.of("jobs.tasks.paralelism", "3")))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("paralelism");
    }

    @Test
    void anEnvironmentThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> Project.CHART.render(List.of("prod"), Project.COMMIT, Map.of()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("there is no 'prod'; there are the environments dev, production, staging");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySettingOfAJobIsInItsDocumentation(List<String> files) throws Exception {
        for (Manifest manifest : Project.CHART.render(files, Project.COMMIT, Map.of())) {
            if (manifest.isFlinkDeployment()) {
                Path page = Project.HOME.resolve("docs/" + manifest.name().substring("millrace-".length()) + ".md");
                String text = Files.readString(page);
                for (JsonNode argument : manifest.body().at("/spec/job/args")) {
                    if (argument.asText().startsWith("--")) {
                        assertThat(text)
                                .as(manifest.id())
                                .contains("| `" + argument.asText().substring(2) + "` |");
                    }
                }
            }
        }
    }

    @Test
    void theRulesOfPrometheusAreThoseOfTheDashboards() throws Exception {
        List<Manifest> manifests = Project.render("production");
        try (Stream<Path> files = Files.list(Project.HOME.resolve("dashboards/alerts"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString().replace(".yml", "");
                JsonNode rules = new YAMLMapper().readTree(file.toFile());

                assertThat(Project.find(manifests, "PrometheusRule/millrace-" + name)
                                .body()
                                .path("spec"))
                        .isEqualTo(rules);
            }
        }
    }
}
