package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.WireHeaders;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories: clean as they are, and with one thing spoilt, reported for that. */
class SpoiltHistoryTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 120;
    private static final long END = 1_000L * 3_600_000;

    /** One thing that may go wrong, and what it is. */
    enum Spoiler {
        REMINDER_DROPPED(OffenceKind.LOST, (h, r) -> h.reminders.remove(r.nextInt(h.reminders.size()))),
        REMINDER_REPEATED(
                OffenceKind.TWICE,
                (h, r) -> h.reminders.add(pick(h.reminders, r).copy())),
        REMINDER_UNDER_ANOTHER_ID(OffenceKind.TWICE, (h, r) -> {
            History.Entry again = pick(h.reminders, r).copy();
            again.json(again.json().put("event_id", h.nextId().toString()));
            h.reminders.add(again);
        }),
        REMINDER_HASTENED(OffenceKind.EARLY, (h, r) -> pick(h.reminders, r).at -= 61_000),
        REMINDER_MISNAMED(OffenceKind.WRONG, (h, r) -> {
            History.Entry entry = pick(h.reminders, r);
            entry.json(entry.json().put("event_id", h.nextId().toString()));
        }),
        REMINDER_MISDATED(OffenceKind.WRONG, (h, r) -> {
            History.Entry entry = pick(h.reminders, r);
            entry.json(entry.json().put("due_at", History.time(-1)));
        }),
        REMINDER_SENT_THOUGH_CANCELLED(
                OffenceKind.WRONG,
                (h, r) -> h.reminders.add(pick(h.cancelled, r).copy())),
        REMINDER_OF_NO_EVENT(OffenceKind.WRONG, (h, r) -> {
            History.Entry entry = pick(h.reminders, r).copy();
            entry.json(entry.json().put("task_id", "t-unheard-of").put("series_id", "t-unheard-of"));
            h.reminders.add(entry);
        }),
        REMINDER_UNREADABLE(OffenceKind.WRONG, (h, r) -> pick(h.reminders, r).value = new byte[] {'{'}),
        UPDATE_MISSTATED(OffenceKind.WRONG, (h, r) -> {
            History.Entry entry = pick(h.updates, r);
            entry.json(entry.json().put("status", "forgotten"));
        }),
        UPDATE_OF_NO_EVENT(OffenceKind.WRONG, (h, r) -> {
            History.Entry entry = pick(h.updates, r);
            entry.json(entry.json().put("event_id", h.nextId().toString()));
        }),
        UPDATES_SWAPPED(OffenceKind.ORDER, (h, r) -> {
            History.Entry later = pick(
                    h.updates.stream()
                            .filter(each -> each.json().get("version").asLong() > 1)
                            .toList(),
                    r);
            h.updates.remove(later);
            h.updates.add(0, later);
        }),
        DEAD_LETTER_MISPLACED(OffenceKind.DLQ, (h, r) -> header(h, r, WireHeaders.SOURCE_OFFSET, "99999")),
        DEAD_LETTER_OF_ANOTHER_TOPIC(OffenceKind.DLQ, (h, r) -> header(h, r, WireHeaders.SOURCE_TOPIC, "reminders")),
        DEAD_LETTER_MISCODED(OffenceKind.DLQ, (h, r) -> header(h, r, WireHeaders.ERROR_CODE, "bad_luck")),
        DEAD_LETTER_OF_A_GOOD_RECORD(OffenceKind.DLQ, (h, r) -> h.deadLetter(END - 1, 0, "invalid_value")),
        UPDATE_DROPPED(OffenceKind.LOST, (h, r) -> h.updates.remove(r.nextInt(h.updates.size()))),
        UPDATE_REPEATED(
                OffenceKind.ORDER, (h, r) -> h.updates.add(pick(h.updates, r).copy())),
        UPDATE_MISCOUNTED(OffenceKind.ORDER, (h, r) -> {
            History.Entry entry = pick(h.updates, r);
            entry.json(entry.json().put("version", entry.json().get("version").asLong() + 5));
        }),
        DEAD_LETTER_DROPPED(OffenceKind.DLQ, (h, r) -> h.deadLetters.remove(r.nextInt(h.deadLetters.size()))),
        DEAD_LETTER_REPEATED(
                OffenceKind.DLQ,
                (h, r) -> h.deadLetters.add(pick(h.deadLetters, r).copy())),
        DEAD_LETTER_ALTERED(OffenceKind.DLQ, (h, r) -> pick(h.deadLetters, r).value = new byte[] {1});

        private final OffenceKind kind;
        private final BiConsumer<History, Random> spoil;

        Spoiler(OffenceKind kind, BiConsumer<History, Random> spoil) {
            this.kind = kind;
            this.spoil = spoil;
        }

        private static void header(History history, Random random, String name, String value) {
            History.header(pick(history.deadLetters, random), name, value);
        }

        private static History.Entry pick(List<History.Entry> entries, Random random) {
            return entries.get(random.nextInt(entries.size()));
        }
    }

    @Test
    void aHistoryAsItShouldBeIsClean() {
        for (int seed = 0; seed < SEEDS; seed++) {
            AuditReport report = SimpleJob.history(seed, STEPS).audit(AuditSettings.crashFree(), END);

            assertThat(report.isClean()).as("seed %d: %s", seed, report).isTrue();
            assertThat(report.reminders()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneSpoiltRecordIsReported(Spoiler spoiler) {
        for (int seed = 0; seed < SEEDS; seed++) {
            History history = SimpleJob.history(seed, STEPS);
            spoiler.spoil.accept(history, new Random(seed));

            AuditReport report = history.audit(AuditSettings.crashFree(), END);

            assertThat(report.count(spoiler.kind))
                    .as("seed %d: %s", seed, report)
                    .isPositive();
            assertThat(report.offences())
                    .as("each names its records by their positions")
                    .allSatisfy(offence -> assertThat(offence.subject() + ": " + offence.detail())
                            .containsPattern("@\\d+"));
        }
    }

    @Test
    void everyKindOfOffenceOfTasksIsAmongThem() {
        assertThat(Spoiler.values())
                .extracting(spoiler -> spoiler.kind)
                .containsAll(EnumSet.complementOf(EnumSet.of(OffenceKind.OVERSPENT)));
    }

    @Test
    void aHistoryThatIsSpoiltManyTimesIsReportedForAllOfIt() {
        for (int seed = 0; seed < SEEDS; seed++) {
            History history = SimpleJob.history(seed, STEPS);
            Random random = new Random(seed);
            Spoiler.REMINDER_DROPPED.spoil.accept(history, random);
            Spoiler.REMINDER_SENT_THOUGH_CANCELLED.spoil.accept(history, random);
            Spoiler.UPDATES_SWAPPED.spoil.accept(history, random);
            Spoiler.DEAD_LETTER_DROPPED.spoil.accept(history, random);

            AuditReport whole = history.audit(AuditSettings.crashFree(), END);
            assertThat(whole.offenceCounts().keySet())
                    .as("seed %d: %s", seed, whole)
                    .contains(OffenceKind.LOST, OffenceKind.WRONG, OffenceKind.ORDER, OffenceKind.DLQ);

            // In slices the same is found
            AuditReport slices = IntStream.range(0, 3)
                    .mapToObj(slice -> history.audit(AuditSettings.crashFree().slice(slice, 3), END))
                    .reduce(AuditReport::and)
                    .orElseThrow();
            assertThat(slices.offenceCounts()).isEqualTo(whole.offenceCounts());
            assertThat(slices.lateness()).isEqualTo(whole.lateness());
            assertThat(slices.events()).isEqualTo(whole.events());
        }
    }

    @Test
    void whatACrashSendsAgainIsNoOffence() {
        for (int seed = 0; seed < SEEDS; seed++) {
            History history = SimpleJob.history(seed, STEPS);
            int from = history.reminders.size() / 2;
            IntStream.range(from, history.reminders.size())
                    .mapToObj(i -> history.reminders.get(i).copy())
                    .toList()
                    .forEach(history.reminders::add);
            history.updates.stream()
                    .skip(history.updates.size() / 2)
                    .map(History.Entry::copy)
                    .toList()
                    .forEach(history.updates::add);

            AuditReport report = history.audit(AuditSettings.withCrashes(Duration.ofMinutes(1)), END);

            assertThat(report.isClean()).as("seed %d: %s", seed, report).isTrue();
            assertThat(report.redelivered()).isPositive();
            assertThat(history.audit(AuditSettings.crashFree(), END).count(OffenceKind.TWICE))
                    .isPositive();
        }
    }
}
