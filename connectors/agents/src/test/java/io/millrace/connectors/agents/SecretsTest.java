package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("MILLRACE_AGENT_SECRET_CRM_TOKEN", "of the environment");

    @Test
    void aFileComesBeforeTheEnvironment(@TempDir Path directory) throws IOException {
        Secrets secrets = new Secrets(directory, ENVIRONMENT);
        Files.writeString(directory.resolve("other"), "of the file\n");

        assertThat(secrets.find("crm-token")).isEqualTo("of the environment");
        assertThat(secrets.find("other")).isEqualTo("of the file");
        assertThat(secrets.find("none")).isNull();
    }

    @Test
    void withoutADirectoryThereIsTheEnvironment() {
        assertThat(new Secrets(null, ENVIRONMENT).find("crm_token")).isEqualTo("of the environment");
    }

    @Test
    void aDirectoryIsNoSecret(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("crm-token"));

        assertThat(new Secrets(directory, Map.of()).find("crm-token")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../passwd", "", "a/b", ".hidden", "a b"})
    void aNameCannotLeadElsewhere(String name) {
        assertThatThrownBy(() -> new Secrets(null, ENVIRONMENT).find(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noneIsShown() {
        assertThat(new Secrets(null, ENVIRONMENT)).hasToString("secrets of the environment");
    }
}
