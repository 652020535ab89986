package io.millrace.contestants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WakeKeyTest {

    @Test
    void keysAreOrderedByTime() {
        byte[] early = new WakeKey(255, "zz").encode();
        byte[] late = new WakeKey(256, "a").encode();

        assertThat(Arrays.compareUnsigned(early, late)).isNegative();
        assertThat(Arrays.compareUnsigned(WakeKey.start(256), late)).isNegative();
        assertThat(Arrays.compareUnsigned(early, WakeKey.start(256))).isNegative();
    }

    @Test
    void aKeyIsReadAsItWasWritten() {
        WakeKey key = new WakeKey(1_790_000_000_000L, "default\u001fü\u001ft-1");

        assertThat(WakeKey.decode(key.encode())).isEqualTo(key);
    }
}
