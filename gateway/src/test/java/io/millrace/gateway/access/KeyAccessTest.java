package io.millrace.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAccessTest {
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("keys.yaml");
        Files.writeString(file, entry("shop", "secret-1", "acme", null, "operator"));
    }

    private static String entry(String name, String key, String tenant, String user, String roles) {
        return "keys:\n- name: " + name + "\n  sha256: " + KeyAccess.sha256(key) + "\n  tenant: " + tenant + "\n"
                + (user == null ? "" : "  user: " + user + "\n") + "  roles: [" + roles + "]\n";
    }

    private static Caller identify(Access access, String authorization) throws DeniedException {
        return access.identify(new Credentials(authorization, "other", "127.0.0.1"));
    }

    @Test
    void aKeyTellsWhoCallsWhateverElseTheRequestSays() throws Exception {
        assertThat(identify(new KeyAccess(file), "Bearer secret-1"))
                .isEqualTo(new Caller("key acme/shop", "acme", null, Set.of(Role.OPERATOR)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "Bearer", "Bearer secret-2", "Basic secret-1", "secret-1", "Bearer ''"})
    void withoutAKeyOfTheFileNobodyIsKnown(String authorization) throws Exception {
        Access access = new KeyAccess(file);

        assertThatThrownBy(() -> identify(access, authorization)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> identify(access, "Bearer " + KeyAccess.sha256("secret-1")))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> identify(access, "Bearer " + "x".repeat(10_000)))
                .isInstanceOf(DeniedException.class);
    }

    private KeyAccess watched() {
        return new KeyAccess(file, nanos::get, complaint -> {});
    }

    /** Writes the file, and lets so much time pass that it is looked at again. */
    private void change(String text) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void aKeyThatIsTakenOutOfTheFileIsNoneAnyMore() throws Exception {
        KeyAccess access = watched();
        change(entry("other", "secret-3", "beta", "u", "user"));

        assertThatThrownBy(() -> identify(access, "Bearer secret-1")).isInstanceOf(DeniedException.class);
        assertThat(identify(access, "Bearer secret-3").user()).isEqualTo("u");
    }

    @Test
    void aFileThatBecameWrongChangesNothing() throws Exception {
        KeyAccess access = watched();
        change("keys: 7");

        assertThat(identify(access, "Bearer secret-1").name()).isEqualTo("key acme/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'keys: 7' | 'keys: must be a list'",
                "'keys: [{name: a}]' | 'keys[0].sha256: missing'",
                "'keys: [{name: a, sha256: xyz}]' | 'keys[0].sha256: must be 64 small hexadecimal digits'",
                "'keys: [{key: a}]' | 'keys[0].key: there is no such field; there are name, roles, sha256, tenant, user'",
                "': {' | 'is no YAML'"
            })
    void whatIsWrongInTheFileIsSaid(String text, String message) throws Exception {
        Files.writeString(file, text);

        assertThatThrownBy(() -> new KeyAccess(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRoleThatThereIsNotIsSaidAndAPersonHasAName() throws Exception {
        Files.writeString(file, entry("a", "b", "acme", null, "king"));
        assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("there is no role 'king'; there are user,");

        Files.writeString(file, entry("a", "b", "acme", null, "user"));
        assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("keys[0].user: the roles user and approver");

        Files.writeString(file, entry("a", "b", "acme", null, ""));
        assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("keys[0].roles: missing");

        assertThatThrownBy(() -> new KeyAccess(directory.resolve("none"))).hasMessageContaining("can't be read");
    }

    @Test
    void aKeyStandsInTheFileOnce() throws Exception {
        Files.writeString(
                file,
                entry("a", "b", "acme", "u", "user")
                        + entry("c", "b", "beta", "u", "user").substring(6));

        assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("keys[1].sha256: another one has the same");
    }

    @ParameterizedTest
    @CsvSource({"tenant, 010", "tenant, true", "name, 7", "user, 1.10", "sha256, 17", "tenant, [a]"})
    void whatYamlTakesForNoTextIsRefusedWithItsLine(String field, String value) throws Exception {
        String text = entry("shop", "secret-1", "acme", "ann", "user");
        Files.writeString(file, text.replaceAll(field + ": .*", field + ": " + value));
        long line = text.substring(0, text.indexOf(field + ": ")).lines().count();

        assertThatThrownBy(() -> new KeyAccess(file))
                .hasMessageContaining("line " + line + ": keys[0]." + field + ": must be a text; put it in quotes");
    }

    @Test
    void whatIsMissingIsSaidWithTheLineOfTheKey() throws Exception {
        Files.writeString(file, "keys:\n\n- name: a\n  tenant: b\n");

        assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("line 3: keys[0].sha256: missing");
    }

    @Test
    void anIdIsNeitherTooLongNorHasItControlCharacters() throws Exception {
        for (String tenant : List.of("''", "' '", "x".repeat(201), "\"a\\nb\"")) {
            Files.writeString(file, entry("shop", "secret-1", tenant, null, "operator"));

            assertThatThrownBy(() -> new KeyAccess(file)).hasMessageContaining("keys[0].tenant: must have 1 to 200");
        }
        Files.writeString(file, entry("shop", "secret-1", "'010'", null, "operator"));
        assertThat(identify(new KeyAccess(file), "Bearer secret-1").tenant()).isEqualTo("010");
    }

    @Test
    void keysOfTwoTenantsMayHaveOneNameAndAreTwoCallers() throws Exception {
        Files.writeString(
                file,
                entry("shop", "a", "acme", null, "operator")
                        + entry("shop", "b", "beta", null, "operator").substring(6));
        Access access = new KeyAccess(file);

        assertThat(identify(access, "Bearer a").name())
                .isNotEqualTo(identify(access, "Bearer b").name());
    }

    @Test
    void aTenantHasANameOnce() throws Exception {
        Files.writeString(
                file,
                entry("shop", "a", "acme", null, "operator")
                        + entry("shop", "b", "acme", null, "operator").substring(6));

        assertThatThrownBy(() -> new KeyAccess(file))
                .hasMessageContaining("keys[1].name: another one of the tenant has the same");
    }

    @Test
    void aFileThatIsBadIsSaidAgainEachMinuteUntilItIsGood() throws Exception {
        List<String> said = new ArrayList<>();
        AtomicLong now = new AtomicLong();
        Access access = new KeyAccess(file, now::get, said::add);
        Files.delete(file);
        for (int i = 0; i < 13; i++) {
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            identify(access, "Bearer secret-1");
        }
        assertThat(said).hasSize(3).allMatch(text -> text.contains("can't be read"));

        Files.writeString(file, entry("other", "secret-3", "beta", "u", "user"));
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(identify(access, "Bearer secret-3").user()).isEqualTo("u");
        assertThat(said).hasSize(3);

        Files.writeString(file, "keys: 7");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        identify(access, "Bearer secret-3");
        assertThat(said).hasSize(4);
    }

    @Test
    void withoutLoginWhoeverCallsNamesTheTenant() throws Exception {
        Access open = new OpenAccess();

        assertThat(open.identify(new Credentials(null, null, "::1")).tenant()).isEqualTo("default");
        assertThat(open.identify(new Credentials(null, "acme", "::1")).tenant()).isEqualTo("acme");
        assertThat(open.isOpen()).isTrue();
        assertThatThrownBy(() -> open.identify(new Credentials(null, "a\nb", "::1")))
                .isInstanceOf(DeniedException.class);
    }
}
