package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayServerTest {
    @TempDir
    Path directory;

    @Test
    void anAddressOfKafkaThatIsNoneIsSaidWithItsSetting() {
        GatewaySettings settings = GatewaySettings.of(
                new String[] {
                    "--kafka.bootstrap-servers", "nonsense", "--data-dir", directory.toString(), "--http.port", "0"
                },
                Map.of());

        assertThatThrownBy(() -> GatewayServer.start(settings))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("kafka.bootstrap-servers nonsense: ")
                .hasMessageNotContaining("\n");
    }
}
