package io.millrace.operations.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FlinkRestITCase {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JOB_ID = "00000000000000000000000000000042";

    @TempDir
    static Path directory;

    private static MiniCluster cluster;
    private static FlinkRest rest;

    /** Counts slowly and never ends; with the argument {@code fail} it fails at its first record. */
    public static final class Counting {
        private Counting() {}

        public static void main(String[] arguments) throws Exception {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
            boolean fail = arguments.length > 0;
            environment
                    .fromSequence(0, Long.MAX_VALUE - 1)
                    .uid("numbers")
                    .map(new Slowly(fail))
                    .uid("slowly")
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere");
            environment.execute("counting");
        }
    }

    public static final class Slowly implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final boolean fail;

        Slowly(boolean fail) {
            this.fail = fail;
        }

        @Override
        public Long map(Long value) {
            if (fail) {
                throw new IllegalStateException("as was asked for");
            }
            LockSupport.parkNanos(1_000_000);
            return value;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(Map.ofEntries(
                        Map.entry("rest.port", "0"),
                        Map.entry("web.submit.enable", "true"),
                        Map.entry("web.upload.dir", directory.resolve("jars").toString()),
                        Map.entry("io.tmp.dirs", directory.toString()),
                        Map.entry("metrics.fetcher.update-interval", "100 ms"),
                        Map.entry("execution.checkpointing.interval", "300 ms"),
                        Map.entry("restart-strategy.type", "fixed-delay"),
                        Map.entry("restart-strategy.fixed-delay.attempts", "1"),
                        Map.entry("restart-strategy.fixed-delay.delay", "100 ms"),
                        Map.entry(
                                "execution.checkpointing.dir",
                                directory.resolve("checkpoints").toUri().toString()))))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
        rest = new FlinkRest(URI.create("http://localhost:"
                + cluster.getRestAddress()
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .getPort()));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.closeAsync().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aJobIsRunWatchedStoppedAndStartedFromItsSavepoint() throws Exception {
        assertThat(rest.version()).isNotBlank();
        assertThat(rest.setting("restart-strategy.type")).contains("fixed-delay");
        assertThat(rest.setting("no.such.setting")).isEmpty();
        assertThat(rest.taskManagers()).hasSize(1);
        assertThat(rest.slots().total()).isEqualTo(2);

        String jar = rest.uploadJar(jar());
        String job =
                rest.runJar(jar, JarRun.of(Counting.class.getName()).as(JOB_ID).parallelism(1));
        assertThat(job).isEqualTo(JOB_ID);
        await(() -> rest.job(job).map(JobOverview::isFullyRunning).orElse(false));
        rest.checkpoint(job, LIMIT);
        // Flink counts a checkpoint a little after it is complete.
        await(() -> rest.checkpoints(job).lastPath() != null);
        assertThat(rest.checkpoints(job).lastPath()).contains("chk-");
        assertThat(rest.newestJob("counting")).map(JobOverview::id).contains(job);
        assertThat(rest.jobs()).extracting(JobOverview::id).contains(job);
        assertThat(rest.restarts(job)).isZero();
        await(() -> rest.operatorSums(job, List.of("numRecordsIn")).getOrDefault("numRecordsIn", 0L) > 0);

        String savepoint = rest.stopWithSavepoint(
                job, directory.resolve("savepoints").toUri().toString(), LIMIT);
        await(() -> rest.job(job).map(JobOverview::isEnded).orElse(true));
        String second = rest.runJar(
                jar, JarRun.of(Counting.class.getName()).parallelism(1).from(savepoint));
        await(() -> rest.job(second).map(JobOverview::isFullyRunning).orElse(false));
        assertThat(rest.checkpoints(second).restored()).isEqualTo(1);
        rest.cancel(second);
        await(() -> rest.job(second).map(JobOverview::state).orElse("").equals("CANCELED"));
        rest.deleteJar(jar);
    }

    @Test
    void whatFailsOrIsRefusedSaysWhy() throws Exception {
        String jar = rest.uploadJar(jar());

        assertThatThrownBy(() -> rest.runJar(jar, JarRun.of("no.such.Main")))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("no.such.Main")
                .extracting(e -> ((FlinkRestException) e).status())
                .isNotEqualTo(0);
        String failing =
                rest.runJar(jar, JarRun.of(Counting.class.getName(), "fail").parallelism(1));
        await(() -> rest.job(failing).map(JobOverview::isEnded).orElse(false));
        assertThat(rest.lastFailure(failing))
                .hasValueSatisfying(reason -> assertThat(reason).contains("as was asked for"));
    }

    @Test
    void aServerThatDoesNotAnswerIsToldFromOneThatIsNotThere() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FlinkRest slow =
                    new FlinkRest(URI.create("http://localhost:" + silent.getLocalPort()), Duration.ofSeconds(1));

            assertThatThrownBy(slow::version)
                    .isInstanceOf(FlinkRestException.class)
                    .hasMessage("Flink at http://localhost:" + silent.getLocalPort() + " did not answer within 1 s");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        FlinkRest nobody = new FlinkRest(URI.create("http://localhost:1"));

        assertThatThrownBy(nobody::version)
                .isInstanceOf(FlinkRestException.class)
                .hasMessage("Flink is not reachable at http://localhost:1");
        assertThatThrownBy(() -> rest.uploadJar(directory.resolve("none.jar"))).hasMessageContaining("none.jar");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come to that").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Path jar() throws Exception {
        Path jar = Files.createTempFile(directory, "counting", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : new Class<?>[] {Counting.class, Slowly.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }
}
