package io.millrace.bench.reminders;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs on this machine, and how to run them: as the user {@code postgres} where this process is
 * root's, because they refuse to run as root.
 */
record PostgresPrograms(Path directory, boolean asPostgres) {
    static final String USER = "postgres";

    /** Debian puts each version in a directory of its own, and none on the path. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final String MISSING =
            """
            PostgreSQL, which db-scheduler and the poll stand on, is not installed.
              Debian, Ubuntu:  sudo apt-get install postgresql
              elsewhere:       install PostgreSQL and put its programs (initdb, postgres, pg_ctl) on the PATH
              or without it:   --contestants tasks""";

    /** @throws IllegalStateException saying what to install */
    static PostgresPrograms find() throws IOException {
        Path directory =
                onPath().or(PostgresPrograms::newestOfDebian).orElseThrow(() -> new IllegalStateException(MISSING));
        return new PostgresPrograms(directory, "root".equals(System.getProperty("user.name")));
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(Path::of)
                .filter(PostgresPrograms::holdsPrograms)
                .findFirst();
    }

    private static Optional<Path> newestOfDebian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(PostgresPrograms::holdsPrograms)
                    .max(Comparator.comparingInt(PostgresPrograms::version));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean holdsPrograms(Path directory) {
        return Stream.of("initdb", "postgres", "pg_ctl").map(directory::resolve).allMatch(Files::isExecutable);
    }

    static int version(Path bin) {
        String name = bin.getParent().getFileName().toString();
        return name.matches("\\d+") ? Integer.parseInt(name) : 0;
    }

    /** The command line that runs a program with these arguments. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (asPostgres) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.add(directory.resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /** Makes a directory that the programs may write to. */
    Path temporaryDirectory() throws IOException {
        Path made = Files.createTempDirectory("millrace-bench-postgres");
        if (asPostgres) {
            Files.setOwner(
                    made, made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        return made;
    }
}
