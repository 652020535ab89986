package io.millrace.local.cli;

import java.nio.file.Path;

/** Where the project and its data are; the launcher tells. */
final class Home {

    private Home() {}

    static Path directory() {
        return Path.of(System.getProperty("millrace.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** @param given null for {@code MILLRACE_DATA_DIR}, else {@code data} in the project */
    static Path dataDirectory(Path given) {
        if (given != null) {
            return given.toAbsolutePath().normalize();
        }
        String environment = System.getenv("MILLRACE_DATA_DIR");
        return environment == null || environment.isBlank()
                ? directory().resolve("data")
                : Path.of(environment).toAbsolutePath().normalize();
    }
}
