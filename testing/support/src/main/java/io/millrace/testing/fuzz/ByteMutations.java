package io.millrace.testing.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What goes wrong below JSON: bytes lost, flipped, doubled, in another encoding, or of something else altogether. */
final class ByteMutations {
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32"));
    private static final List<byte[]> FRAGMENTS = List.of(
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {0},
            new byte[] {0x1f, (byte) 0x8b, 8, 0});

    private final Random random;

    ByteMutations(Random random) {
        this.random = random;
    }

    /** May be null, a tombstone. */
    byte[] change(byte[] value) {
        if (value.length < 2) {
            return raw();
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> flipped(value);
            case 2 -> Arrays.copyOf(value, random.nextInt(value.length));
            case 3 -> Arrays.copyOfRange(value, random.nextInt(value.length), value.length);
            case 4 -> spliced(value, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            case 5 -> spliced(value, Arrays.copyOf(value, random.nextInt(value.length)));
            case 6 ->
                ("Überweisung für Zoë" + new String(value, StandardCharsets.UTF_8))
                        .substring(random.nextBoolean() ? 19 : 0)
                        .getBytes(CHARSETS.get(random.nextInt(CHARSETS.size())));
            case 7 -> cut(value);
            default -> raw();
        };
    }

    private byte[] flipped(byte[] value) {
        byte[] flipped = value.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] spliced(byte[] value, byte[] other) {
        int at = random.nextInt(value.length);
        byte[] spliced = Arrays.copyOf(value, value.length + other.length);
        System.arraycopy(other, 0, spliced, at, other.length);
        System.arraycopy(value, at, spliced, at + other.length, value.length - at);
        return spliced;
    }

    private byte[] cut(byte[] value) {
        int from = random.nextInt(value.length);
        int to = from + random.nextInt(value.length - from);
        byte[] cut = new byte[value.length - (to - from)];
        System.arraycopy(value, 0, cut, 0, from);
        System.arraycopy(value, to, cut, from, value.length - to);
        return cut;
    }

    private byte[] raw() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[1 + random.nextInt(3)];
            case 3 -> EventFuzzer.utf8("null");
            case 4 -> EventFuzzer.utf8("[]");
            case 5 -> EventFuzzer.utf8("{}");
            case 6 -> EventFuzzer.utf8("\"" + "x".repeat(random.nextInt(100)) + "\"");
            case 7 -> large();
            default -> {
                byte[] noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    /** Rarely, more than is accepted. */
    private byte[] large() {
        byte[] large = new byte[random.nextInt(20) == 0 ? 300_000 : 10_000];
        Arrays.fill(large, (byte) 'a');
        return large;
    }
}
