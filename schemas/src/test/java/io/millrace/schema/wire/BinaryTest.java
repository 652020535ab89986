package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-1, 1",
        "63, 1",
        "-64, 1",
        "64, 2",
        "-3600000, 4",
        "2592000000, 5",
        "9223372036854775807, 10",
        "-9223372036854775808, 10"
    })
    void aSignedNumberIsShortNearZeroAndReadsAsWritten(long number, int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Binary.writeSigned(new DataOutputStream(out), number);

        assertThat(out.size()).isEqualTo(bytes);
        assertThat(Binary.readSigned(in(out.toByteArray()))).isEqualTo(number);
    }

    @Test
    void aSignedNumberThatDoesNotEndIsRefused() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);

        assertThatThrownBy(() -> Binary.readSigned(in(endless)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ten bytes");
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
