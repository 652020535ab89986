package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.demo.AgentTraffic;
import io.millrace.local.demo.CustomerTraffic;
import io.millrace.local.demo.LiveTraffic;
import io.millrace.local.demo.SampleTraffic;
import io.millrace.local.demo.ShippedParts;
import io.millrace.local.demo.WorkflowTraffic;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own programs judge what is to watch a platform; those that are not installed are not asked. */
@Tag("alone")
class DashboardsITCase {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int EVENTS_PER_SECOND = 10;

    @TempDir
    private Path directory;

    @Test
    void everyAlertFiresAndStaysQuietAsItShouldAndReachesWhomItShould() {
        Dashboards.requireRight(directory, "check");
    }

    @Test
    void everyJobRunsAndEveryPanelHasData() throws IOException {
        PlatformOptions options =
                TestPlatforms.options(directory.resolve("data"), PlatformOptions.DEFAULT_CHECKPOINT_INTERVAL);
        try (Platform platform = Platform.start(options, TestPlatforms.jobs().all(), progress -> {})) {
            // Which also waits for the jobs that start later, as their panels have no data before.
            if (Dashboards.hasProgram("prometheus")) {
                requireDataOfEachPanel(platform, "localhost:" + options.metricsPort());
            }
            Await.until("the later jobs", LIMIT, () -> platform.laterFailure().orElse("none failed"), platform::allRun);
            LocalJob later = TestPlatforms.job("analytics");
            assertThat(later.later()).isTrue();
            assertThat(platform.flink().job(later.jobId()).orElseThrow().isFullyRunning())
                    .isTrue();
        }
    }

    private void requireDataOfEachPanel(Platform platform, String metrics) {
        KafkaConnection kafka = KafkaConnection.to(platform.kafka());
        ShippedParts shipped = new ShippedParts(kafka, platform.home(), job -> true);
        shipped.ensure();
        shipped.ensureShop();
        try (SampleTraffic events = SampleTraffic.start(kafka, EVENTS_PER_SECOND, Instant.MAX);
                LiveTraffic calls = AgentTraffic.start(kafka);
                LiveTraffic runs = WorkflowTraffic.start(kafka, platform.home().resolve("docs/examples/workflows"));
                LiveTraffic customers = CustomerTraffic.start(kafka)) {
            Dashboards.requireRight(directory, "live", metrics, "--deadline", "600");
        }
    }
}
