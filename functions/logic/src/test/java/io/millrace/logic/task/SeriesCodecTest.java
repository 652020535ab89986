package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Priority;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeriesCodecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path VERSION_1 = GOLDEN.resolve("series-v1.bin");
    private static final Path VERSION_2 = GOLDEN.resolve("series-v2.bin");
    private static final String CHANGED =
            "Savepoints hold this format. A change of it needs a new version of SeriesCodec that still reads this"
                    + " one, and a golden file of its own; those of earlier versions stay as they are.";
    private static final long TIME = Instant.parse("2026-12-01T09:00:00Z").toEpochMilli();

    @Test
    void version1IsReadAsEver() throws IOException {
        assertReads(frames(Files.readAllBytes(VERSION_1)));
    }

    @Test
    void version2IsReadAndWrittenAsEver() throws IOException {
        if (!Files.exists(VERSION_2) && Boolean.getBoolean("millrace.refresh")) {
            Files.write(VERSION_2, framed(states()));
        }

        List<byte[]> golden = frames(Files.readAllBytes(VERSION_2));

        assertReads(golden);
        for (int i = 0; i < golden.size(); i++) {
            assertThat(Encoded.bytes(states().get(i)))
                    .as("written, state %s. %s", i, CHANGED)
                    .isEqualTo(golden.get(i));
        }
    }

    private static void assertReads(List<byte[]> golden) {
        assertThat(golden).hasSameSizeAs(states());
        for (int i = 0; i < golden.size(); i++) {
            assertThat(Encoded.read(golden.get(i)))
                    .as("read, state %s. %s", i, CHANGED)
                    .usingRecursiveComparison()
                    .isEqualTo(states().get(i));
        }
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] bytes = Encoded.bytes(Series.EMPTY);
        bytes[0] = 3;

        assertThatThrownBy(() -> Encoded.read(bytes)).hasMessageContaining("version 3");
        assertThat(new SeriesCodec().type()).isEqualTo(Series.class);
    }

    /** Never change these: add new ones at the end, to a file of their own. */
    private static List<Series> states() {
        return List.of(oneOff(), series(), waiting(), busy());
    }

    private static Series oneOff() {
        TaskFields template = new TaskFields(
                0x6F,
                "Pay the rent – überall",
                "By transfer",
                Priority.P1,
                List.of("home", "money"),
                null,
                ZoneId.of("Europe/Paris"),
                List.of(60, 0),
                null);
        Task task = new Task(
                null,
                TaskStatus.OPEN,
                3,
                TaskFields.ofDue(DueDate.at(Instant.ofEpochMilli(TIME))),
                new Arming(id(1), "c-1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                List.of(new ReminderTime(TIME - 3_600_000, 60), new ReminderTime(TIME, 0)),
                new SnoozedReminder(TIME + 600_000, new Arming(id(2), null, null)),
                TIME - 86_400_000,
                0);
        return new Series(
                TIME - 7_200_000,
                id(1),
                template,
                List.of(task),
                null,
                new RecentIds(new long[] {1, 2, TIME - 86_400_000, 3, 4, TIME - 7_200_000}),
                0,
                Long.MAX_VALUE,
                List.of());
    }

    private static Series series() {
        Recurrence recurrence = new Recurrence(
                Recurrence.Kind.CRON,
                "0 9 * * MON-FRI",
                LocalDateTime.parse("2026-11-30T09:00"),
                List.of(LocalDateTime.parse("2026-12-25T09:00")),
                List.of(LocalDateTime.parse("2026-12-26T10:30:15")),
                Recurrence.Next.ON_SCHEDULE,
                Recurrence.Overlap.REPLACE,
                Duration.ofHours(36),
                Recurrence.DstGap.SKIP,
                Recurrence.DstOverlap.SECOND);
        TaskFields template = TaskFields.ofRecurrence(recurrence)
                .with(new TaskFields(
                        TaskFields.TITLE | TaskFields.DESCRIPTION | TaskFields.TAGS | TaskFields.ZONE,
                        "Stand-up",
                        null,
                        null,
                        List.of(),
                        null,
                        ZoneId.of("UTC"),
                        null,
                        null));
        LocalDateTime first = LocalDateTime.parse("2026-11-30T09:00");
        Task skipped = new Task(
                first,
                TaskStatus.SKIPPED,
                2,
                TaskFields.ofDue(DueDate.local(first)),
                null,
                List.of(),
                null,
                TIME - 172_800_000,
                TIME);
        Task open = new Task(
                first.plusDays(1),
                TaskStatus.OPEN,
                1,
                TaskFields.ofDue(DueDate.local(first.plusDays(1).plusNanos(250_000_000)))
                        .with(TaskFields.ofRemindBefore(List.of())),
                new Arming(id(5), null, null),
                List.of(),
                null,
                TIME,
                0);
        return new Series(
                TIME,
                id(4),
                template,
                List.of(skipped, open),
                new Schedule(first, first.plusDays(1), TIME + 86_400_000, false),
                RecentIds.NONE,
                0,
                Long.MAX_VALUE,
                List.of());
    }

    private static Series waiting() {
        SourceRecord source = new SourceRecord(
                "task-events",
                7,
                1L << 40,
                TIME,
                null,
                new byte[] {'{', '}'},
                List.of(new RecordHeader("traceparent", new byte[] {1}), new RecordHeader("none", null)));
        return Series.EMPTY
                .withClock(TIME)
                .plusWaiting(new Waiting(id(9), "t-1~20261201T090000", TIME + 300_000, source));
    }

    private static Series busy() {
        Task deleted =
                new Task(null, TaskStatus.DELETED, 300, TaskFields.NONE, null, List.of(), null, TIME - 1_000, TIME);
        return new Series(
                TIME,
                id(6),
                TaskFields.NONE,
                List.of(deleted),
                new Schedule(
                        LocalDateTime.parse("2026-11-30T09:00"),
                        LocalDateTime.parse("2026-11-30T09:00"),
                        Long.MAX_VALUE,
                        true),
                RecentIds.NONE.plus(id(7), TIME, 0),
                TIME - 5_000,
                TIME + 86_400_000,
                List.of());
    }

    private static UUID id(int number) {
        return new UUID(0x0123_4567_89AB_4CDEL, 0x8000_0000_0000_0000L + number);
    }

    private static byte[] framed(List<Series> states) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Series state : states) {
            byte[] encoded = Encoded.bytes(state);
            out.writeInt(encoded.length);
            out.write(encoded);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> frames(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        List<byte[]> frames = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] frame = new byte[in.getInt()];
            in.get(frame);
            frames.add(frame);
        }
        return frames;
    }
}
