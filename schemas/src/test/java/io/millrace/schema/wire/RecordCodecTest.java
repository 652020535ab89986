package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    enum Colour {
        RED,
        GREEN
    }

    record Inner(String name, int size) {}

    record Old(long time, String text) {}

    record New(
            long time,
            String text,
            boolean flag,
            double ratio,
            Integer count,
            UUID id,
            Colour colour,
            Inner inner,
            List<Inner> list,
            Map<String, Long> map) {}

    record Unsupported(Thread thread) {}

    static final class OldCodec extends RecordCodec<Old> {
        OldCodec() {
            super(Old.class);
        }
    }

    static final class NewCodec extends RecordCodec<New> {
        NewCodec() {
            super(New.class);
        }
    }

    static final class UnsupportedCodec extends RecordCodec<Unsupported> {
        UnsupportedCodec() {
            super(Unsupported.class);
        }
    }

    private static final New FULL = new New(
            -7,
            "é",
            true,
            0.5,
            3,
            UUID.fromString("0b0e6f7a-93d1-4f0b-8d55-3c1c1f2a9b10"),
            Colour.GREEN,
            new Inner("a", 1),
            List.of(new Inner("b", 2), new Inner(null, -1)),
            Map.of("x", 1L, "y", 2L));

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(read(new NewCodec(), write(new NewCodec(), FULL))).isEqualTo(FULL);

        New empty = new New(Long.MIN_VALUE, null, false, 0, null, null, null, null, List.of(), Map.of());
        assertThat(read(new NewCodec(), write(new NewCodec(), empty))).isEqualTo(empty);
    }

    @Test
    void theBytesStayAsTheyAre() throws Exception {
        assertThat(HexFormat.of().formatHex(write(new OldCodec(), new Old(300, "é"))))
                .isEqualTo("02d80403c3a9");
        assertThat(HexFormat.of()
                        .formatHex(write(
                                new NewCodec(),
                                new New(
                                        1,
                                        "a",
                                        true,
                                        0,
                                        2,
                                        null,
                                        Colour.GREEN,
                                        new Inner("b", 3),
                                        List.of(new Inner("c", 4)),
                                        Map.of("d", 5L)))))
                .isEqualTo("0a02026101" + "0000000000000000" + "0104" + "00" + "0101" + "0102026206" + "010102026308"
                        + "010264010a");
    }

    @Test
    void componentsThatWereAppendedAreAbsentInWhatWasWrittenBefore() throws Exception {
        New read = read(new NewCodec(), write(new OldCodec(), new Old(300, "é")));

        assertThat(read).isEqualTo(new New(300, "é", false, 0, null, null, null, null, List.of(), Map.of()));
    }

    @Test
    void whatALaterBuildWroteIsRefusedInWords() throws Exception {
        byte[] later = write(new NewCodec(), FULL);

        assertThatThrownBy(() -> read(new OldCodec(), later))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Old of a later build: it has 10 components, this build knows 2");
    }

    @Test
    void aTypeWithoutAnEncodingIsRefusedWhereTheCodecIsMade() {
        assertThatThrownBy(UnsupportedCodec::new)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unsupported.thread: there is no encoding of java.lang.Thread");
    }

    private static <R extends Record> byte[] write(RecordCodec<R> codec, R value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static <R extends Record> R read(RecordCodec<R> codec, byte[] bytes) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
