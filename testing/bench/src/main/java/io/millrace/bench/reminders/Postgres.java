package io.millrace.bench.reminders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own on a free port, with its data in a temporary directory that goes with it. Its settings
 * are those of a server with 2 GB of memory for it, and commits do not wait for the disk: Kafka's do not either, and
 * what a crash could take back is that a reminder was sent, so that it would be sent again.
 */
final class Postgres implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String LIMIT_SECONDS = Long.toString(LIMIT.toSeconds());
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "max_connections=200",
            "shared_buffers=1GB",
            "effective_cache_size=4GB",
            "work_mem=64MB",
            "maintenance_work_mem=256MB",
            "synchronous_commit=off",
            "wal_compression=on",
            "max_wal_size=8GB",
            "checkpoint_timeout=15min",
            "random_page_cost=1.1",
            // Rows live for seconds: the dead ones at the front of the index by time are in the way of every poll.
            "autovacuum_naptime=5s",
            "autovacuum_vacuum_scale_factor=0.02",
            "autovacuum_vacuum_cost_delay=0");

    private final PostgresPrograms programs;
    private final Path directory;
    private final Path data;
    private final Path log;
    private final String url;
    private final Process server;
    private final Thread atExit;

    private Postgres(PostgresPrograms programs) throws IOException, InterruptedException {
        this.programs = programs;
        directory = programs.temporaryDirectory();
        log = Files.createTempFile("millrace-bench-postgres", ".log");
        data = directory.resolve("data");
        Process initdb = start(programs.command(
                "initdb",
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        PostgresPrograms.USER,
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C")));
        if (!initdb.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            throw new IllegalStateException("initdb failed: " + Files.readString(log));
        }
        int port = freePort();
        List<String> arguments = new ArrayList<>(
                List.of("-D", data.toString(), "-p", Integer.toString(port), "-k", directory.toString()));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        server = start(programs.command("postgres", arguments));
        url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        atExit = new Thread(this::end, "end postgres");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a server and returns when it takes connections.
     *
     * @throws IllegalStateException when PostgreSQL is not installed or does not start
     */
    static Postgres start() throws IOException, InterruptedException {
        Postgres postgres = new Postgres(PostgresPrograms.find());
        try {
            postgres.awaitConnection();
            return postgres;
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitConnection() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                if (connection.isValid((int) LIMIT.toSeconds())) {
                    return;
                }
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(log), e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** A connection of its own, not of a pool. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, PostgresPrograms.USER, "");
    }

    /** A pool of that many connections, all opened at the start. */
    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(PostgresPrograms.USER);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        return new HikariDataSource(config);
    }

    /** CPU time of the server with all its processes so far, in nanoseconds. */
    long cpuNanos() throws IOException {
        return ProcessTree.cpuNanos(server.pid());
    }

    /** Ends the server at once, which it may do with its data, and deletes them. */
    @Override
    public void close() throws IOException {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
        DiskUsage.delete(directory);
        Files.delete(log);
    }

    private void end() {
        List<ProcessHandle> all = server.descendants().toList();
        try {
            Process stop = start(programs.command(
                    "pg_ctl", List.of("stop", "-D", data.toString(), "-m", "immediate", "-t", LIMIT_SECONDS)));
            stop.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            System.err.println("bench: pg_ctl does not run, so that PostgreSQL is killed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
    }
}
