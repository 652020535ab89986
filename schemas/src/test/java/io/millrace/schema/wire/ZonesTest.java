package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

    @ParameterizedTest
    @CsvSource({
        "EST, America/Panama",
        "MST, America/Phoenix",
        "HST, Pacific/Honolulu",
        "EST5EDT, EST5EDT",
        "US/Eastern, US/Eastern",
        "Europe/Paris, Europe/Paris",
        "UTC, UTC",
        "+01:00, +01:00"
    })
    void aNameOfTheTimeZoneDatabaseIsAZone(String name, String zone) {
        assertThat(Zones.named(name).getId()).isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemV/EST5EDT", "PST", "europe/paris", "Mars/Base"})
    void anotherIsRefusedByItsName(String name) {
        assertThatThrownBy(() -> Zones.named(name))
                .hasMessageStartingWith("there is no time zone '" + name + "'; expected");
    }

    @Test
    void aZoneThatAnEarlierBuildAcceptedIsStillOne() {
        assertThat(Zones.of("SystemV/EST5EDT").getId()).isEqualTo("SystemV/EST5EDT");
    }
}
