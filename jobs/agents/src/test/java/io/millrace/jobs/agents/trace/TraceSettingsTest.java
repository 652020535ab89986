package io.millrace.jobs.agents.trace;

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

class TraceSettingsTest {
    @TempDir
    Path directory;

    @Test
    void anEndpointWithoutAPathIsThatOfTraces() {
        assertThat(with("http://localhost:4318").endpoint()).isEqualTo("http://localhost:4318/v1/traces");
        assertThat(with("https://collector.example/").endpoint()).isEqualTo("https://collector.example/v1/traces");
        assertThat(with("https://collector.example/otlp/v1/traces").endpoint())
                .isEqualTo("https://collector.example/otlp/v1/traces");
    }

    @Test
    void withoutAnEndpointThereAreNone() {
        assertThat(with(null).isOn()).isFalse();
        assertThat(with("http://localhost:4318").isOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4318",
                "ftp://collector/",
                "https://user:planted@collector/",
                "https://collector/?token=planted",
                "http://",
                "https://planted collector/"
            })
    void anEndpointMustBeAUrlWithoutSecrets(String endpoint) {
        assertThatThrownBy(() -> with(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tracing.otlp-endpoint")
                .hasMessageNotContaining("planted");
    }

    @Test
    void aRatioIsBetweenNoneAndAll() {
        for (double ratio : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new TraceSettings(null, ratio, "agents", null))
                    .hasMessageContaining("tracing.sample-ratio");
        }
    }

    @Test
    void headersComeFromTheirFile() throws IOException {
        Path file = write("authorization=Bearer planted\nX-Tenant: acme\n");

        assertThat(CollectorHeaders.read(file.toString()))
                .isEqualTo(Map.of("authorization", "Bearer planted", "X-Tenant", "acme"));
        assertThat(CollectorHeaders.read(null)).isEmpty();
    }

    @Test
    void whatCannotBeSentIsRefusedWithoutTellingIt() throws IOException {
        Path broken = write("authorization=planted\\u000aplanted\n");
        Path escape = write("authorization=\\uplanted\n");
        Path missing = directory.resolve("missing");

        for (Path file : new Path[] {broken, escape, missing}) {
            assertThatThrownBy(() -> CollectorHeaders.read(file.toString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("planted");
        }
    }

    private Path write(String properties) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "headers", ".properties"), properties);
    }

    private static TraceSettings with(String endpoint) {
        return new TraceSettings(endpoint, 1, "agents", null);
    }
}
