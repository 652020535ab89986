package io.millrace.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A project that the launcher finds itself in, with Java and Maven as scripts: this one prints its arguments and lives
 * until its input ends, that one makes the jars. What the launcher is given of the machine is the rest of the PATH.
 */
final class LauncherProject {

    private static final String JAVA =
            """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
            printf '%s\\n' "$@" started
            exec cat >/dev/null
            """;

    private static final String MAVEN =
            """
            #!/bin/sh
            if [ "$1" = --version ]; then echo 'Apache Maven 3.9.9'; exit; fi
            mkdir -p local/target/lib
            touch local/target/millrace-local-1.jar local/target/lib/library.jar
            """;

    private final Path home;
    private final Path jdk;
    private final Path tools;

    LauncherProject(Path root) throws IOException {
        home = Files.createDirectories(root.resolve("home"));
        jdk = root.resolve("jdk");
        tools = root.resolve("tools");
        program(home.resolve("millrace"), Files.readString(Path.of("..", "millrace")));
        Files.writeString(home.resolve("pom.xml"), "  <version>1</version>\n");
        program(jdk.resolve("bin/java"), JAVA);
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        maven(MAVEN);
    }

    /** Has {@code script} for Maven from now on. */
    void maven(String script) throws IOException {
        program(tools.resolve("mvn"), script);
    }

    Path home() {
        return home;
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @param environment beside that of this process */
    Run run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("millrace").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        builder.environment().putAll(environment);
        return new Run(builder.start());
    }

    /** The launcher, or what it has become. */
    static final class Run implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        private Run(Process process) {
            this.process = process;
            this.out = process.inputReader(StandardCharsets.UTF_8);
        }

        /** What Java was told, once it lives. */
        List<String> arguments() {
            List<String> lines = new ArrayList<>();
            try {
                for (String line = out.readLine(); !"started".equals(line); line = out.readLine()) {
                    if (line == null) {
                        throw new AssertionError("Java was not started: " + lines);
                    }
                    lines.add(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return lines;
        }

        /** The jar that runs. */
        Path jar() {
            List<String> arguments = arguments();
            return Path.of(arguments.get(arguments.indexOf("-cp") + 1));
        }

        /** All it prints until it ends. */
        List<String> output() {
            return out.lines().toList();
        }

        int status() throws InterruptedException {
            process.waitFor(60, TimeUnit.SECONDS);
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
