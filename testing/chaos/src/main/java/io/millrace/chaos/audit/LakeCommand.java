package io.millrace.chaos.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The commands {@code sql} and {@code audit}, in a process of their own: its libraries are not those of the cluster. */
final class LakeCommand {
    private static final long LIMIT_SECONDS = 180;

    private final Path home;
    private final Path data;

    /**
     * @param home of the project, where the commands are built
     * @param data where the lake is
     */
    LakeCommand(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    /** @param lines what it printed */
    record Answer(int status, List<String> lines) {}

    /** @throws IllegalStateException when it does not end */
    Answer run(String... words) {
        Path target = home.resolve("lake").resolve("target");
        Path printed = data.resolve("lake-command.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar(target) + ":" + target.resolve("lib") + "/*",
                "io.millrace.lake.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data-dir", data.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new Answer(process.exitValue(), Files.readAllLines(printed));
        } catch (IOException e) {
            throw new IllegalStateException(command + " can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path jar(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("millrace-lake-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar in " + target));
        } catch (IOException e) {
            throw new IllegalStateException("the commands of the lake are not built", e);
        }
    }
}
