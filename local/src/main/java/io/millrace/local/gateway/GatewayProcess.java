package io.millrace.local.gateway;

import io.millrace.local.platform.BuildVersion;
import io.millrace.local.platform.PlatformException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A gateway that runs for as long as this process does, however that ends: it is told so by the end of its standard input.
 * Thread-safe.
 */
public final class GatewayProcess implements AutoCloseable {
    /** Where the launcher copied it to, so that a later build does not change it under its feet. */
    private static final String COPY = "millrace.gateway";

    private static final long END_SECONDS = 10;

    private final Process process;
    private final Path log;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a gateway on the loopback interface, and does not wait until it answers.
     *
     * @param home the root of the project
     * @param dataDirectory of the platform; the model is in {@code gateway/} there
     * @param kafka host and port
     * @return empty when it is not built
     * @throws PlatformException when it can't be started
     */
    public static Optional<GatewayProcess> start(Path home, Path dataDirectory, String kafka, int port) {
        Path jars =
                Path.of(System.getProperty(COPY, home.resolve("gateway/target").toString()));
        Path jar = jars.resolve("millrace-gateway-" + BuildVersion.current() + ".jar");
        if (!Files.isRegularFile(jar)) {
            return Optional.empty();
        }
        Path log = dataDirectory.resolve("logs/gateway.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dmillrace.ends-with-input=true",
                "-cp",
                classPath(jar, jars.resolve("lib")),
                "io.millrace.gateway.Gateway",
                "--kafka.bootstrap-servers",
                kafka,
                "--data-dir",
                dataDirectory.resolve("gateway").toString(),
                "--http.port",
                Integer.toString(port));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return Optional.of(new GatewayProcess(process, log));
        } catch (IOException e) {
            throw new PlatformException("the gateway can't be started: " + e.getMessage(), e);
        }
    }

    private static String classPath(Path jar, Path libraries) {
        try (Stream<Path> files = Files.list(libraries)) {
            StringBuilder path = new StringBuilder(jar.toString());
            files.sorted().forEach(file -> path.append(File.pathSeparatorChar).append(file));
            return path.toString();
        } catch (IOException e) {
            throw new PlatformException("the gateway's libraries can't be read: " + e.getMessage(), e);
        }
    }

    /** Why it does not run any more; empty while it does. */
    public Optional<String> failure() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        return Optional.of("the gateway has ended with status " + process.exitValue() + "; its log says why: " + log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
