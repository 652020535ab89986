package io.millrace.testing.kafka;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A {@link KafkaBroker} in a process of its own, which can be killed and paused. It listens on one port and keeps its
 * data in one directory, over all its starts. Not thread-safe.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final int HEAP_MB = 384;
    private static final int ASK_MILLIS = 1_000;

    private final Path directory;
    private final int port;
    private OsProcess process;

    private BrokerProcess(Path directory, int port) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        launch();
    }

    /** What runs in the process: prints its address and runs until it is ended. */
    public static void main(String[] arguments) {
        KafkaBroker broker = KafkaBroker.at(Path.of(arguments[0]))
                .port(Integer.parseInt(arguments[1]))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop broker"));
        System.out.println(broker.bootstrapServers());
    }

    /**
     * Starts a broker on a free port, with this JVM's class path, and returns when it serves clients.
     *
     * @param directory for its data and its log; made when it is not there
     * @throws IllegalStateException when that takes longer than {@code limit}, with the end of its log
     */
    public static BrokerProcess start(Path directory, Duration limit) {
        BrokerProcess broker = new BrokerProcess(directory, FreePort.find());
        try {
            broker.awaitServing(limit);
            return broker;
        } catch (IllegalStateException e) {
            broker.close();
            throw e;
        }
    }

    /** Starts the process again after its end and does not wait; see {@link #awaitServing}. */
    public void launch() {
        process = OsProcess.java(
                "broker",
                directory.resolve("logs"),
                List.of("-Xmx" + HEAP_MB + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                List.of(directory.resolve("data").toString(), Integer.toString(port)));
    }

    /** The process, to be killed, stopped or paused; another one after {@link #launch}. */
    public OsProcess process() {
        return process;
    }

    /** {@code host:port}, the same over all starts. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /**
     * Returns when it answers clients.
     *
     * @throws IllegalStateException when that takes longer than {@code limit} or the process ends, with the end of its
     *     log
     */
    public void awaitServing(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ASK_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ASK_MILLIS));
        try {
            while (!serves(admin)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            bootstrapServers() + " does not answer within " + limit + "; " + process.describe());
                }
            }
        } finally {
            // Without a limit it may wait for ever for the answer of a broker that stands still.
            admin.close(Duration.ZERO);
        }
    }

    private static boolean serves(Admin admin) {
        try {
            boolean listed = !admin.describeCluster()
                    .nodes()
                    .get(ASK_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
            if (!listed) {
                TimeUnit.MILLISECONDS.sleep(ASK_MILLIS / 10);
            }
            return listed;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends the process, within about twenty seconds. */
    @Override
    public void close() {
        process.resume();
        process.stop();
    }
}
