package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    @TempDir
    private Path directory;

    @Test
    void aDiskWithTooLittleRoomIsNamedWithWhatIsLeftWhatIsNeededAndTheOption() {
        assertThatThrownBy(() -> Room.requireOnDisk(directory, Long.MAX_VALUE))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("the disk of " + directory)
                .hasMessageContaining("left, and the platform needs")
                .hasMessageContaining("--data-dir");
        assertThatCode(() -> Room.requireOnDisk(directory, 1)).doesNotThrowAnyException();
        assertThat(Room.whenFull(directory)).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the system is not asked")
    void tooLittleMemoryIsToldWithWhatIsLeftAndWhatIsNeeded() {
        assertThatThrownBy(() -> Room.requireInMemory(Long.MAX_VALUE))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("of memory available, and the platform needs")
                .hasMessageContaining("give the machine or container more");
        assertThatCode(() -> Room.requireInMemory(1)).doesNotThrowAnyException();
    }
}
