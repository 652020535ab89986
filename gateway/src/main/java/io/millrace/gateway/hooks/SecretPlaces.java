package io.millrace.gateway.hooks;

import io.millrace.gateway.file.YamlFile;
import io.millrace.gateway.file.YamlObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Where secrets are: in variables of the environment, or in files of their own. */
@FunctionalInterface
interface SecretPlaces {
    /** Of a file. */
    int MAX_BYTES = 4_096;

    /** @throws IllegalArgumentException when it is not there, by line and field */
    String secret(YamlObject secret);

    /** For those who try rules, and need no secrets for it. */
    static SecretPlaces none() {
        return secret -> "0".repeat(Secrets.SHORTEST);
    }

    /** @param named takes the files in which secrets are */
    static SecretPlaces of(YamlFile file, Map<String, String> environment, Consumer<Path> named) {
        return secret -> {
            if (secret.has("env") == secret.has("file")) {
                throw secret.wrong("env", "a secret is in either env or file");
            }
            String field = secret.has("env") ? "env" : "file";
            String text = secret.has("env")
                    ? environment.get(secret.text("env"))
                    : read(secret, file.resolve(secret.text("file")), named);
            if (text == null) {
                throw secret.wrong(field, "there is no variable " + secret.text("env"));
            }
            if (text.length() < Secrets.SHORTEST) {
                throw secret.wrong(field, "the secret must have at least " + Secrets.SHORTEST + " characters");
            }
            return text;
        };
    }

    private static String read(YamlObject secret, Path path, Consumer<Path> named) {
        named.accept(path);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw secret.wrong("file", path + " has more than " + MAX_BYTES + " bytes");
            }
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw secret.wrong("file", path + " can't be read: " + e.getClass().getSimpleName());
        }
    }
}
