package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path root;

    @Test
    void aDirectoryInUseIsRefusedAndTheOptionNamed() {
        try (DataDirectory held = DataDirectory.lock(root)) {
            assertThat(held.kafka().startsWith(root)).isTrue();
            assertThatThrownBy(() -> DataDirectory.lock(root))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data-dir");
        }
        DataDirectory.lock(root).close();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
    void nobodyElseLooksIntoTheDirectoryWhetherItIsNewOrOfAnEarlierVersion() throws IOException {
        Path made = root.resolve("new/data");
        DataDirectory.lock(made).close();
        assertThat(permissions(made)).isEqualTo("rwx------");

        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.logs(made);
        assertThat(permissions(made)).isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
    void aDirectoryThatOthersUseTooIsRefusedAndLeftAsItIs() throws IOException {
        Path shared = Files.createDirectory(root.resolve("shared"));
        Files.createFile(shared.resolve("of-others"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> DataDirectory.lock(shared))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("holds other files")
                .hasMessageContaining("--data-dir");
        assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAClearError() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.lock(file))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void theTemporaryDirectoryIsEmptyAtEveryStart() throws IOException {
        try (DataDirectory data = DataDirectory.lock(root)) {
            Files.createFile(data.emptyTemporary().resolve("left-over"));

            assertThat(data.emptyTemporary()).isEmptyDirectory();
        }
    }

    @Test
    void aPortInUseIsAClearErrorThatNamesPortAndOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.requireFree(port, "Kafka", "--kafka-port"))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage(
                            "port " + port + ", wanted for Kafka, is in use; choose another with --kafka-port PORT");
        }
    }
}
