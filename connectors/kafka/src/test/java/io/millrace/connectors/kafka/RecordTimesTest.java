package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.LogTime;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimesTest {
    private static final long NOW = 1_800_000_000_000L;

    private final Counter counter = new SimpleCounter();
    private long now = NOW;
    private final RecordTimes times = new RecordTimes(counter, () -> now);

    private static ConsumerRecord<byte[], byte[]> at(long logTime) {
        return new ConsumerRecord<>(
                "t",
                0,
                7,
                logTime,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "-1000, true",
        "0, true",
        LogTime.MAX_AHEAD_MILLIS + ", true",
        LogTime.MAX_AHEAD_MILLIS + 1 + ", false",
        "7200000, false",
        "34560000000, false",
    })
    void aTimeHasComeAsFarAsClocksMayDiffer(long ahead, boolean come) {
        assertThat(times.hasCome(at(NOW + ahead))).isEqualTo(come);
        assertThat(counter.getCount()).isEqualTo(come ? 0 : 1);
    }

    @Test
    void eachIsCountedAndTimeGoesOn() {
        assertThat(times.hasCome(at(NOW + 60_000))).isFalse();
        assertThat(times.hasCome(at(NOW + 60_000))).isFalse();
        now += 60_000;

        assertThat(times.hasCome(at(NOW + 60_000))).isTrue();
        assertThat(counter.getCount()).isEqualTo(2);
    }
}
