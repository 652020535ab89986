package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JobSecretsTest {

    @TempDir
    private Path data;

    @Test
    void aKeyIsMadeOnceAndStays() throws IOException {
        JobSecrets.ensure(data);
        String key = Files.readString(data.resolve(JobSecrets.APPROVAL_KEY));
        Files.writeString(data.resolve(JobSecrets.DIRECTORY).resolve("crm-token"), "t");

        JobSecrets.ensure(data);

        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(data.resolve(JobSecrets.APPROVAL_KEY)).hasContent(key);
        assertThat(data.resolve(JobSecrets.DIRECTORY).resolve("crm-token")).exists();
    }

    @Test
    void twoDataDirectoriesHaveTwoKeys() throws IOException {
        Path other = Files.createDirectory(data.resolve("other"));
        JobSecrets.ensure(data);
        JobSecrets.ensure(other);

        assertThat(Files.readString(data.resolve(JobSecrets.APPROVAL_KEY)))
                .isNotEqualTo(Files.readString(other.resolve(JobSecrets.APPROVAL_KEY)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
    void onlyTheOwnerMayReadThem() throws IOException {
        JobSecrets.ensure(data);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(JobSecrets.APPROVAL_KEY))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(JobSecrets.DIRECTORY))))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsNotThereIsAClearError() {
        assertThatThrownBy(() -> JobSecrets.ensure(data.resolve("none")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aJobIsToldOfItsFilesOnTheLocalPlatformOnly() {
        assertThat(TestPlatforms.job("agents").arguments("k:1", data, Map.of()))
                .containsExactly(
                        "--kafka.bootstrap-servers",
                        "k:1",
                        "--approval.key-file",
                        data.resolve("approval.key").toString(),
                        "--http.allowed-networks",
                        "127.0.0.0/8;::1",
                        "--keys.directory",
                        data.resolve("secrets").toString(),
                        "--notify.allowed-hosts",
                        "localhost;127.0.0.1");
        assertThat(TestPlatforms.job("agents")
                        .arguments("k:1", data, Map.of("MILLRACE_AGENTS_HTTP_ALLOWED_NETWORKS", "10.0.0.0/8")))
                .doesNotContain("--http.allowed-networks");
        assertThat(TestPlatforms.job("agents").arguments("k:1", null, Map.of()))
                .containsExactly("--kafka.bootstrap-servers", "k:1");
        assertThat(TestPlatforms.job("tasks").arguments("k:1", data, Map.of()))
                .containsExactly("--kafka.bootstrap-servers", "k:1");
    }
}
