package io.millrace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramSettingsTest {
    @TempDir
    private Path directory;

    private final ProgramSettings settings =
            new ProgramSettings("web", List.of("http.port", "rate", "api-key"), key -> key.endsWith("key"));

    private Map<String, String> load(String... arguments) {
        return settings.load(arguments, Map.of("MILLRACE_WEB_RATE", "2", "MILLRACE_WEB_OTHER", "x"));
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("web.yaml"), text).toString();
    }

    @Test
    void whatComesLaterWinsAndWhatIsNotGivenIsMissing() throws IOException {
        String file = file("http: {port: 1}\nrate: 1\napi-key: s\n");
        assertThat(load("--config", file)).isEqualTo(Map.of("http.port", "1", "rate", "2", "api-key", "s"));
        assertThat(load("--config=" + file, "--rate=3")).containsEntry("rate", "3");
        assertThat(load()).isEqualTo(Map.of("rate", "2"));
        assertThat(load("--config", file(""))).isEqualTo(Map.of("rate", "2"));
        assertThat(settings.environmentVariable("http.port")).isEqualTo("MILLRACE_WEB_HTTP_PORT");
    }

    @Test
    void whatIsWrongIsSaidWithWhereItStands() throws IOException {
        assertThatThrownBy(() -> load("rate")).hasMessage("argument \"rate\": expected --key value");
        assertThatThrownBy(() -> load("--rate")).hasMessage("argument --rate has no value");
        assertThatThrownBy(() -> load("--rat", "1"))
                .hasMessage("argument --rat: there is no such setting; there are http.port, rate, api-key");
        assertThatThrownBy(() -> load("--api-key", "s")).hasMessageContaining("set MILLRACE_WEB_API_KEY");
        assertThatThrownBy(() -> load("--config", "/none")).hasMessageStartingWith("/none can't be read");
        for (String[] wrong : new String[][] {
            {"rat: 1", "rat: there is no such setting"},
            {"rate: [1]", "must be one value, is a list"},
            {"- rate", "must hold key: value pairs"},
            {"rate: 1\nrate: 2", ":2"}
        }) {
            String file = file(wrong[0]);
            assertThatThrownBy(() -> load("--config", file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file)
                    .hasMessageContaining(wrong[1]);
        }
    }
}
