package io.millrace.logic.vault;

import static io.millrace.logic.vault.TestVault.ENTROPY;
import static io.millrace.logic.vault.TestVault.FIRST_KEY;
import static io.millrace.logic.vault.TestVault.SECOND_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MasterKeyRingTest {

    private static MasterKeyRing ring(String file) {
        return MasterKeyRing.parse(file.getBytes(StandardCharsets.UTF_8), ENTROPY);
    }

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
        assertThatThrownBy(() -> ring(FIRST_KEY + "\nabcd")).hasMessage("line 2 has 4 hexadecimal digits; a key has 64");
        assertThatThrownBy(() -> ring("s3cret")).hasMessage("line 1 is not hexadecimal");
        assertThatThrownBy(() -> ring(indexed(101))).hasMessageContaining("more than 100 keys");
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
