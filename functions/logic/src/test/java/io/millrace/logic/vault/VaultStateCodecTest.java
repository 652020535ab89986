package io.millrace.logic.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.pii.PiiType;
import io.millrace.logic.vault.VaultState.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultStateCodecTest {
    private static final VaultState STATE = new VaultState(
            List.of(new Kept(new UUID(1, 2), PiiType.EMAIL, new UUID(3, 4), new byte[] {5, 6})),
            new UUID(3, 4),
            7,
            List.of(new UUID(8, 9)),
            10,
            1);

    /** Savepoints hold it like this: another form is another version. */
    private static final String VERSION_1 = "01" + "01" + "00000000000000010000000000000002" + "06454d41494c"
            + "00000000000000030000000000000004" + "030506" + "01" + "00000000000000030000000000000004" + "0e" + "01"
            + "00000000000000080000000000000009" + "000000000000000a" + "01";

    @Test
    void aStateIsWrittenAsSavepointsHoldIt() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new VaultStateCodec().write(STATE, new DataOutputStream(bytes));

        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(VERSION_1);
    }

    @Test
    void aStateThatWasWrittenIsReadAgain() throws IOException {
        VaultState read = read(VERSION_1);

        assertThat(read).usingRecursiveComparison().isEqualTo(STATE);
        assertThat(TestVault.copy(VaultState.EMPTY)).isEqualTo(VaultState.EMPTY);
    }

    @Test
    void whatALaterBuildWroteIsRefused() {
        assertThatThrownBy(() -> read("02" + VERSION_1.substring(2))).hasMessageContaining("version 2");
        assertThatThrownBy(() -> read(VERSION_1.replace("06454d41494c", "06454d41494d")))
                .hasMessageContaining("a kind EMAIM");
    }

    private static VaultState read(String hex) throws IOException {
        return new VaultStateCodec()
                .read(new DataInputStream(
                        new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
