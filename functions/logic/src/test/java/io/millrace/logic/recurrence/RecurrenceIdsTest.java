package io.millrace.logic.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceIdsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T09:00,        20261201T090000",
        "2024-02-29T23:59:59,     20240229T235959",
        "0900-01-02T03:04:05,     09000102T030405",
        "2026-12-01T09:00:00.999, 20261201T090000",
    })
    void anIdIsTheLocalTimeInTheBasicFormat(LocalDateTime local, String id) {
        assertThat(RecurrenceIds.format(local)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20261201",
                "20261201T0900",
                "20261201T090000Z",
                "20261201t090000",
                " 20261201T090000",
                "20261201T090000\n",
                "2026-12-01T09:00",
                "20260230T090000",
                "20261301T090000",
                "20261201T240000",
                "20261201T090060",
                "+2026121T090000",
                "٢٠٢٦1201T090000",
            })
    void whatIsNoIdIsNull(String text) {
        assertThat(RecurrenceIds.parse(text)).isNull();
    }

    @Test
    void aYearOfFiveDigitsHasNoId() {
        assertThatThrownBy(() -> RecurrenceIds.format(LocalDateTime.MAX)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void anIdReadsBackAsItsLocalTime(@ForAll @LongRange(min = -60_000_000_000L, max = 250_000_000_000L) long second) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);

        assertThat(RecurrenceIds.parse(RecurrenceIds.format(local))).isEqualTo(local);
    }
}
