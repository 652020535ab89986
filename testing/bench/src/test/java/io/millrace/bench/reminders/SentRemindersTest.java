package io.millrace.bench.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.meter.Percentiles;
import org.junit.jupiter.api.Test;

class SentRemindersTest {

    @Test
    void latenessIsFromTheMomentToTheLogTime() {
        SentReminders sent = SentReminders.of(new long[] {130, 110, 120}, new long[] {100, 110, 100});

        assertThat(sent).isEqualTo(new SentReminders(3, 110, 130, new Percentiles(20, 30, 30, 30)));
    }

    @Test
    void anEarlyReminderFailsTheMeasurement() {
        assertThatThrownBy(() -> SentReminders.of(new long[] {99}, new long[] {100}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("early");
    }
}
