package io.millrace.contestants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    @Test
    void theOldestIdIsForgottenFirst() {
        RecentEvents recent = new RecentEvents();
        for (int i = 0; i <= RecentEvents.MOST; i++) {
            assertThat(recent.add(new UUID(0, i))).isTrue();
        }

        assertThat(recent.add(new UUID(0, 1))).isFalse();
        assertThat(recent.add(new UUID(0, 0))).isTrue();
    }
}
