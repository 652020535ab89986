package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.DocumentedTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
    @TempDir
    Path directory;

    private static GatewaySettings of(String... arguments) {
        return GatewaySettings.of(arguments, Map.of());
    }

    @Test
    void withoutSettingsItServesThisMachineAlone() {
        GatewaySettings settings = of();

        assertThat(settings.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.access().isOpen()).isTrue();
        assertThat(settings.bootstrapServers()).isEqualTo("localhost:9092");
    }

    @Test
    void whatComesLaterWins() throws Exception {
        Path file = directory.resolve("gateway.yaml");
        Files.writeString(file, "http:\n  port: 1\nrate.per-second: 7\nrate.burst: 8\n");

        GatewaySettings settings = GatewaySettings.of(
                new String[] {"--config", file.toString(), "--http.port=3", "--kafka.bootstrap-servers", "k:1"},
                Map.of("MILLRACE_GATEWAY_HTTP_PORT", "2", "MILLRACE_GATEWAY_RATE_BURST", "9"));
        assertThat(settings.address().getPort()).isEqualTo(3);
        assertThat(settings.requestsPerSecond()).isEqualTo(7);
        assertThat(settings.burst()).isEqualTo(9);
        assertThat(settings.bootstrapServers()).isEqualTo("k:1");
    }

    @Test
    void withoutLoginNoOtherMachineIsServed() {
        assertThatThrownBy(() -> of("--http.address", "0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth none lets everybody do everything");
    }

    @Test
    void whoServesOtherMachinesSaysByWhichNames() throws Exception {
        Path keys = directory.resolve("keys.yaml");
        Files.writeString(keys, "keys: []\n");
        String[] arguments = {"--http.address", "0.0.0.0", "--auth", "keys", "--auth.keys-file", keys.toString()};
        assertThatThrownBy(() -> of(arguments)).hasMessageStartingWith("http.hosts: missing");

        String[] named = Stream.concat(Stream.of(arguments), Stream.of("--http.hosts", "api.example.com, other"))
                .toArray(String[]::new);
        assertThat(of(named).hosts()).containsExactlyInAnyOrder("api.example.com", "other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http.port | x | http.port: must be a number from 0 to 65535",
                "--http.port | 70000 | http.port: must be a number from 0 to 65535",
                "--auth | magic | auth: must be none, keys or oidc",
                "--auth | keys | auth.keys-file: missing; auth keys needs it",
                "--auth | oidc | oidc.issuer: missing; auth oidc needs it",
                "--hooks.file | /none | hooks.file: /none can't be read",
                "--dapr.subscriptions | orders | dapr.subscriptions: 'orders' must be component/topic",
                "--nonsense | 1 | argument --nonsense: there is no such setting; there are kafka.bootstrap-servers,",
                "--kafka.properties-file | /none | kafka.properties-file: /none can't be read",
                "--config | /none | /none can't be read"
            })
    void whatIsWrongIsSaid(String key, String value, String message) {
        assertThatThrownBy(() -> of(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void argumentsThatAreNoneAreSaid() throws Exception {
        assertThatThrownBy(() -> of("port")).hasMessage("argument \"port\": expected --key value");
        assertThatThrownBy(() -> of("--http.port")).hasMessage("argument --http.port has no value");
        Path file = directory.resolve("list.yaml");
        Files.writeString(file, "http.hosts: [a, b]\n");
        assertThatThrownBy(() -> of("--config", file.toString())).hasMessageContaining("must be one value, is a list");
        Files.writeString(file, "nonsense: 1\n");
        assertThatThrownBy(() -> of("--config", file.toString())).hasMessageContaining("there is no such setting");
    }

    @Test
    void whatClientsOfKafkaNeedComesFromAFile() throws Exception {
        Path file = directory.resolve("client.properties");
        Files.writeString(file, "security.protocol=SASL_SSL\n");

        assertThat(of("--kafka.properties-file", file.toString()).kafkaProperties())
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void aDirectoryHasOneGateway() throws Exception {
        try (DataDirectoryLock first = DataDirectoryLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory)).hasMessageContaining("another gateway uses");
        }
        DataDirectoryLock.take(directory).close();
    }

    @Test
    void everySettingIsInTheDocument() throws Exception {
        String table = "| setting | variable | default | |\n|---|---|---|---|\n"
                + Stream.of(Setting.values())
                        .map(setting -> "| `%s` | `%s` | %s | %s |\n"
                                .formatted(
                                        setting.key(),
                                        Setting.ofProgram().environmentVariable(setting.key()),
                                        setting.usual().isEmpty() ? "" : "`" + setting.usual() + "`",
                                        setting.description()))
                        .collect(Collectors.joining());

        assertThat(DocumentedTable.of("docs/gateway.md", "settings").staleness(table, 0))
                .isEmpty();
    }
}
