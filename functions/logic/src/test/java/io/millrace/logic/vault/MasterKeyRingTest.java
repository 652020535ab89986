package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.ENTROPY;
import static io.millrace.logic.vault.TestVault.FIRST_KEY;
import static io.millrace.logic.vault.TestVault.SECOND_KEY;
import static io.millrace.logic.vault.TestVault.ring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MasterKeyRingTest {

    @Test
    void theFirstKeyWrapsAndAllUnwrap() {
        byte[] key = ENTROPY.next(32);
        WrappedKey former = ring(FIRST_KEY).wrap(key);
        MasterKeyRing rotated = ring("# 2026\n" + SECOND_KEY + "\r\n\n  " + FIRST_KEY + "\n");

        assertThat(rotated.unwrap(former)).isEqualTo(key);
        assertThat(rotated.wrap(key).masterKey()).isEqualTo(ring(SECOND_KEY).current());
        assertThat(rotated.knows(former.masterKey())).isTrue();
        assertThat(ring(SECOND_KEY).knows(former.masterKey())).isFalse();
        assertThat(ring(SECOND_KEY).unwrap(former)).isNull();
    }

    @Test
    void aFileThatHoldsNoKeySaysWhatIsWrongAndNotWhatItHolds() {
        assertThatThrownBy(() -> ring("# nothing\n\n")).hasMessageContaining("holds no key");
        assertThatThrownBy(() -> ring(FIRST_KEY + "\nabcd"))
                .hasMessage("line 2 has 4 hexadecimal digits; a key has 64");
        assertThatThrownBy(() -> ring("s3cret")).hasMessage("line 1 is not hexadecimal");
        assertThatThrownBy(() -> ring(indexed(101))).hasMessageContaining("more than 100 keys");
    }

    @Test
    void aKeyThatAServiceWrappedIsTheSameOneAsInTheClear() throws IOException {
        byte[] key = HexFormat.of().parseHex(FIRST_KEY);
        KeyUnwrapper service = (keyId, wrapped) -> {
            assertThat(keyId).isEqualTo("https://v.vault.azure.net/keys/k/1");
            return wrapped.length == 3 ? key : new byte[16];
        };
        MasterKeyRing ring = MasterKeyRing.parse(
                (SECOND_KEY + "\nhttps://v.vault.azure.net/keys/k/1 AQ-_\n").getBytes(StandardCharsets.UTF_8),
                ENTROPY,
                service);
        assertThat(ring.unwrap(ring(FIRST_KEY).wrap(key))).isEqualTo(key);

        for (String line : List.of("https://v.vault.azure.net/keys/k/1", "https://v.vault.azure.net/keys/k/1 ?")) {
            assertThatThrownBy(() -> MasterKeyRing.parse(line.getBytes(StandardCharsets.UTF_8), ENTROPY, service))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line 1 is not a URL, a blank,");
        }
        byte[] shortKey = "https://v.vault.azure.net/keys/k/1 AQID AQID".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MasterKeyRing.parse(shortKey, ENTROPY, service))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MasterKeyRing.parse(
                        "https://v.vault.azure.net/keys/k/1 AQIDBA==".getBytes(StandardCharsets.UTF_8),
                        ENTROPY,
                        service))
                .hasMessage("what line 1 unwraps to has 16 bytes; a key has 32");
    }

    private static String indexed(int count) {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < count; i++) {
            file.append(String.format("%064x\n", i));
        }
        return file.toString();
    }

    @Test
    void whatIsPrintedIsNoKey() {
        assertThat(ring(FIRST_KEY).toString()).doesNotContain("0000000000").startsWith("MasterKeyRing[");
        assertThat(new DataKey(new UUID(0, 1), new byte[32]).toString())
                .isEqualTo("DataKey[00000000-0000-0000-0000-000000000001]");
    }
}
