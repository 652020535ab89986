package io.millrace.testing.nats;

import io.millrace.testing.Await;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A NATS server as a process, which can be killed and started again on its port. The program has to be installed. */
public final class NatsServer implements AutoCloseable {
    private static final String PROGRAM = "nats-server";
    /** Where Debian has it; not on everybody's path. */
    private static final String SYSTEM_PROGRAMS = "/usr/sbin";

    private final int port = FreePort.find();
    private final Path logs;
    private final List<String> options;
    private OsProcess process;

    private NatsServer(Path logs, List<String> options) {
        this.logs = logs;
        this.options = options;
    }

    private static String program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + SYSTEM_PROGRAMS;
        return Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /**
     * Starts one on a free port of this machine, and waits until it accepts connections.
     *
     * @param logs where its log is
     * @param options of the program, such as {@code --auth}
     * @throws IllegalStateException when the program is not installed
     */
    public static NatsServer start(Path logs, String... options) {
        NatsServer server = new NatsServer(logs, List.of(options));
        server.start();
        return server;
    }

    /** Starts it again, on the same port. */
    public void start() {
        String program = program();
        if (program == null) {
            throw new IllegalStateException(PROGRAM + " is not installed; on Debian: apt-get install " + PROGRAM);
        }
        List<String> command = new ArrayList<>(List.of(program, "-a", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(options);
        process = OsProcess.program(PROGRAM + "-" + port, logs, command);
        Await.until("the NATS server", process::describe, this::accepts);
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.describe());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop();
    }
}
