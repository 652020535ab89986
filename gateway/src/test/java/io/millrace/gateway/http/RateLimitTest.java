package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final RateLimit limit = new RateLimit(2, 3, () -> now);

    @Test
    void soManyAtOnceAndThenSoManyASecond() {
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();

        now += SECOND;
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
    }

    @Test
    void aPauseGivesNoMoreThanTheBurst() {
        limit.take("a");
        now += 1_000 * SECOND;

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isTrue();
        }
        assertThat(limit.take("a")).isFalse();
    }

    @Test
    void callersDoNotUseUpWhatIsOthers() {
        for (int i = 0; i < 9; i++) {
            limit.take("a");
        }

        assertThat(limit.take("b")).isTrue();
    }
}
