package io.millrace.local.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.auditor.AuditSettings;
import io.millrace.auditor.CallAuditFeed;
import io.millrace.auditor.CallAuditReport;
import io.millrace.auditor.CallAuditSettings;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does: an agent of their own over HTTP, a call, and a kill while it is under way. */
class KilledPlatformITCase {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final int kafkaPort = FreePort.find();
    private final int webPort = FreePort.find();
    private final int metricsPort = FreePort.find();
    private final String kafka = "localhost:" + kafkaPort;
    private final CommandRunner commands = new CommandRunner();

    @Test
    void aCallThatIsUnderWayWhenThePlatformIsKilledHasOneResult() throws Exception {
        Queue<String> keys = new ConcurrentLinkedQueue<>();
        CountDownLatch killed = new CountDownLatch(1);
        HttpServer agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        agent.setExecutor(Executors.newCachedThreadPool());
        agent.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            await(killed);
            byte[] answer = "{\"answer\":42}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        agent.start();
        OsProcess platform = up();
        try {
            assertThat(platform.describe())
                    .as("what is told where there is no terminal, a line for each step")
                    .containsSubsequence("\nstarting Kafka ", "\nstarting Flink ", "\nstarting the jobs tasks, agents");
            Path log = directory.resolve("data/logs/millrace.log");
            Await.until("what the platform logs", () -> Files.readString(log).contains("The job agents started from"));

            // Given an agent, and a call that has reached it
            register(
                    "slow",
                    "{kind: http, url: \"http://localhost:" + agent.getAddress().getPort() + "/\"}");
            assertThat(agents("call", "slow", "--key", "k-1", "--input", "1", "--timeout", "5min", "--no-wait"))
                    .isZero();
            Await.until("the call to reach the agent", platform::describe, () -> !keys.isEmpty());

            // When the platform is killed and started again
            platform.kill();
            killed.countDown();
            platform = up();

            // Then the result comes, once
            assertThat(agents("call", "slow", "--key", "k-1", "--input", "1"))
                    .as(commands.out())
                    .isZero();
            assertThat(commands.out()).contains("OK  slow, call k-1").contains("\"answer\" : 42");
            assertThat(agents("call", "slow", "--key", "k-1", "--input", "1")).isZero();
            assertThat(commands.out()).contains("answered already");
            assertThat(keys).as("one key for every attempt, and after the kill").containsOnly(keys.peek());
            assertThat(resultIds()).hasSize(1);
            CallAuditReport report = CallAuditFeed.audit(
                    kafka, CallAuditSettings.of(AuditSettings.withCrashes(Duration.ofMinutes(2))), START_LIMIT);
            assertThat(report.isClean()).as(report::toString).isTrue();

            assertThat(Files.readString(log))
                    .as("warnings that requests are not pinned")
                    .doesNotContain("PinnedRequests");

            // And the agents that are shipped are there
            register("echo", "{kind: in-process, name: echo}");
            assertThat(agents("call", "echo", "--input", "{\"a\":1}", "--json")).isZero();
            assertThat(JSON.readTree(commands.out()).path("output").path("a").asInt())
                    .isEqualTo(1);
        } finally {
            platform.stop();
            agent.stop(0);
        }
    }

    private OsProcess up() {
        List<String> opens = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .toList();
        List<String> jvm = new ArrayList<>(opens);
        jvm.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        jvm.add("-Dmillrace.home=" + System.getProperty("millrace.home"));
        OsProcess platform = OsProcess.java(
                "platform",
                directory,
                jvm,
                System.getProperty("java.class.path"),
                "io.millrace.local.cli.Main",
                List.of(
                        "up",
                        "--jobs",
                        "tasks,agents,digest",
                        "--data-dir",
                        directory.resolve("data").toString(),
                        "--kafka-port",
                        "" + kafkaPort,
                        "--web-port",
                        "" + webPort,
                        "--metrics-port",
                        "" + metricsPort,
                        "--gateway-port",
                        "0",
                        "--checkpoint-seconds",
                        "1"));
        Await.until(
                "the platform",
                START_LIMIT,
                platform::describe,
                () -> !platform.isAlive()
                        || commands.run("status", "--kafka", kafka, "--flink", "http://localhost:" + webPort) == 0);
        assertThat(platform.isAlive()).as(platform.describe()).isTrue();
        return platform;
    }

    private void register(String name, String transport) throws IOException {
        Path file = Files.writeString(
                directory.resolve(name + ".yaml"),
                "agent: " + name + "\nversion: 1\ntype: OTHER\ntransport: " + transport + "\n");
        assertThat(agents("register", file.toString())).isZero();
    }

    private List<String> resultIds() {
        List<String> ids = new ArrayList<>();
        TopicScan.read(KafkaConnection.to(kafka), List.of(Topics.AGENT_RESULTS), START_LIMIT, record -> {
            try {
                ids.add(JSON.readTree(record.value()).path("event_id").asText());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return ids.stream().distinct().toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int agents(String... arguments) {
        List<String> all = new ArrayList<>(List.of("agents"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--kafka", kafka));
        return commands.run(all.toArray(String[]::new));
    }
}
