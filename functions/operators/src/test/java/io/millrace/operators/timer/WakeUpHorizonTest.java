package io.millrace.operators.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WakeUpHorizonTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    /** What the state holds, and which of it were made timers. */
    private static final class State implements WakeUpHorizon.Keys<String> {
        final Map<String, Long> wakes = new LinkedHashMap<>();
        final List<String> timers = new ArrayList<>();
        int sweeps;
        int open;

        @Override
        public Stream<String> all() {
            sweeps++;
            open++;
            return List.copyOf(wakes.keySet()).stream().onClose(() -> open--);
        }

        @Override
        public void setTimer(String key, long horizon) {
            if (wakes.get(key) < horizon) {
                timers.add(key);
            }
        }
    }

    private final State state = new State();

    @Test
    void aNewOperatorHasAnHourAndSweepsHalfWay() throws Exception {
        WakeUpHorizon<String> horizon = new WakeUpHorizon<>(state, true, Long.MAX_VALUE, NOW);

        assertThat(horizon.reached()).isEqualTo(NOW + HOUR);
        assertThat(horizon.includes(NOW + HOUR - 1)).isTrue();
        assertThat(horizon.includes(NOW + HOUR)).isFalse();

        horizon.advance(NOW + 29 * MINUTE);
        assertThat(state.sweeps).isZero();
        horizon.advance(NOW + 30 * MINUTE);
        assertThat(state.sweeps).isEqualTo(1);
        assertThat(horizon.reached()).isEqualTo(NOW + 90 * MINUTE);
    }

    @Test
    void aSweepMakesTimersOfWhatComesBeforeTheNewHorizon() throws Exception {
        WakeUpHorizon<String> horizon = new WakeUpHorizon<>(state, true, NOW + 10 * MINUTE, NOW);
        state.wakes.put("overdue", NOW - HOUR);
        state.wakes.put("soon", NOW + HOUR - 1);
        state.wakes.put("far", NOW + HOUR);
        state.wakes.put("none", Long.MAX_VALUE);

        horizon.advance(NOW);

        assertThat(state.timers).containsExactly("overdue", "soon");
        assertThat(state.open).isZero();
    }

    @Test
    void whileASweepIsUnderWayWhatIsSetIsATimerButTheHorizonIsNotReached() throws Exception {
        WakeUpHorizon<String> horizon = new WakeUpHorizon<>(state, true, Long.MIN_VALUE, NOW);
        for (int i = 0; i < 200_000; i++) {
            state.wakes.put("t-" + i, NOW + 1);
        }
        WakeUpHorizon<String> slow = new WakeUpHorizon<>(new SlowKeys(), true, Long.MIN_VALUE, NOW);

        slow.advance(NOW);
        assertThat(slow.reached()).isEqualTo(Long.MIN_VALUE);
        assertThat(slow.includes(NOW + HOUR - 1)).isTrue();

        for (int i = 0; slow.reached() == Long.MIN_VALUE; i++) {
            assertThat(i).isLessThan(10_000);
            slow.advance(NOW + i * 10L);
        }
        assertThat(slow.reached()).as("where it led when it began").isEqualTo(NOW + HOUR);
        assertThat(state.timers).hasSize(200_000);
        assertThat(horizon.reached()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whenEverythingIsATimerOneSweepAfterARestoreIsEnough() throws Exception {
        WakeUpHorizon<String> restored = new WakeUpHorizon<>(state, false, NOW + HOUR, NOW);
        state.wakes.put("far", NOW + 1000 * HOUR);

        restored.advance(NOW + 30 * MINUTE);
        assertThat(state.timers).containsExactly("far");
        assertThat(restored.reached()).isEqualTo(Long.MAX_VALUE);

        restored.advance(NOW + 10_000 * HOUR);
        assertThat(state.sweeps).isEqualTo(1);
    }

    @Test
    void closingEndsTheSweepUnderWay() throws Exception {
        WakeUpHorizon<String> slow = new WakeUpHorizon<>(new SlowKeys(), true, Long.MIN_VALUE, NOW);
        for (int i = 0; i < 200_000; i++) {
            state.wakes.put("t-" + i, NOW + 1);
        }
        slow.advance(NOW);
        assertThat(state.open).isEqualTo(1);

        slow.close();
        slow.close();

        assertThat(state.open).isZero();
    }

    /** Takes long enough over each key for a sweep to need several slices. */
    private final class SlowKeys implements WakeUpHorizon.Keys<String> {
        @Override
        public Stream<String> all() {
            return state.all();
        }

        @Override
        public void setTimer(String key, long horizon) {
            state.setTimer(key, horizon);
            long until = System.nanoTime() + 1_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }
}
