package io.millrace.logic.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.digest.DigestDecider.Effect;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.task.Priority;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskSummary;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DigestDeciderTest {
    private static final String KEY = "default\nu-7";
    private static final long NOON = at("2026-11-20T12:00:00Z");
    private static final long MORNING = at("2026-11-21T08:00:00Z");
    private static final long DAY = 86_400_000;
    private static final Envelope ENVELOPE =
            new Envelope(new UUID(0, 1), "task.changed", Instant.EPOCH, "default", null, null);

    private final DigestDecider decider = new DigestDecider(new DigestSchedule("0 8 * * *", "UTC"));
    private DigestState state;
    private Instant created = Instant.EPOCH;

    @Test
    void aPersonIsToldInTheMorningWhatIsOpenOverdueAndDueBeforeTheNextMorning() {
        view(NOON, task("t-1", 1, TaskStatus.OPEN, MORNING - 1));
        view(NOON, task("t-2", 1, TaskStatus.OPEN, MORNING + DAY));
        view(NOON, task("t-3", 1, TaskStatus.OPEN, MORNING + DAY + 1));
        view(NOON, task("t-4", 1, TaskStatus.OPEN, null));

        assertThat(decider.nextWake(state)).isEqualTo(MORNING);
        Digest digest = wake(MORNING).get(0);

        assertThat(digest.open()).isEqualTo(4);
        assertThat(digest.overdue()).isEqualTo(1);
        assertThat(digest.dueSoon()).isEqualTo(1);
        assertThat(digest.scheduledAt()).isEqualTo(Instant.ofEpochMilli(MORNING));
        assertThat(digest.complete()).isTrue();
        assertThat(digest.tasks()).extracting(Digest.Task::taskId).containsExactly("t-1", "t-2", "t-3", "t-4");
        assertThat(decider.nextWake(state)).isEqualTo(MORNING + DAY);
    }

    @Test
    void aTaskWhoseIdIsTakenAgainBeginsAnew() {
        view(NOON, task("t-1", 7, TaskStatus.COMPLETED, null));
        created = Instant.ofEpochMilli(NOON + 1);
        assertThat(view(NOON + 1, task("t-1", 1, TaskStatus.OPEN, null))).isEqualTo(Effect.APPLIED);
        created = Instant.EPOCH;
        assertThat(view(NOON + 2, task("t-1", 8, TaskStatus.COMPLETED, null))).isEqualTo(Effect.STALE);

        assertThat(wake(MORNING).get(0).open()).isEqualTo(1);
    }

    @Test
    void whatWasCompletedIsToldOnce() {
        view(NOON, task("t-1", 1, TaskStatus.OPEN, null));
        view(NOON, task("t-2", 1, TaskStatus.OPEN, null));
        view(NOON, task("t-2", 2, TaskStatus.COMPLETED, null));
        view(NOON, task("t-3", 1, TaskStatus.OPEN, null));
        view(NOON, task("t-3", 2, TaskStatus.DELETED, null));

        assertThat(wake(MORNING).get(0)).satisfies(digest -> {
            assertThat(digest.open()).isEqualTo(1);
            assertThat(digest.completed()).isEqualTo(1);
        });
        assertThat(wake(MORNING + DAY).get(0).completed()).isZero();
    }

    @Test
    void viewsThatComeAgainChangeNothing() {
        view(NOON, task("t-1", 1, TaskStatus.OPEN, null));
        view(NOON, task("t-1", 2, TaskStatus.COMPLETED, null));

        assertThat(view(NOON + 1, task("t-1", 1, TaskStatus.OPEN, null))).isEqualTo(Effect.STALE);
        assertThat(view(NOON + 1, task("t-1", 2, TaskStatus.COMPLETED, null))).isEqualTo(Effect.STALE);

        Digest digest = wake(MORNING).get(0);
        assertThat(digest.open()).isZero();
        assertThat(digest.completed()).isEqualTo(1);
        assertThat(view(MORNING + 1, task("t-1", 1, TaskStatus.OPEN, null)))
                .as("remembered beyond the digest")
                .isEqualTo(Effect.STALE);
    }

    @Test
    void aPersonWithNothingToTellIsToldNothingAndForgotten() {
        view(NOON, task("t-1", 1, TaskStatus.OPEN, null));
        view(NOON, task("t-1", 2, TaskStatus.COMPLETED, null));
        assertThat(wake(MORNING)).hasSize(1);

        assertThat(wake(MORNING + DAY)).isEmpty();
        assertThat(state).isNull();
    }

    @Test
    void theMorningIsThatOfThePerson() {
        TaskSummary inParis = new TaskSummary(
                ENVELOPE, "u-7", "t-1", 1, TaskStatus.OPEN, "Pay", Priority.P1, null, "Europe/Paris", null);
        view(NOON, inParis);
        assertThat(decider.nextWake(state)).isEqualTo(at("2026-11-21T07:00:00Z"));

        view(NOON, task("t-2", 1, TaskStatus.OPEN, null));
        assertThat(decider.nextWake(state))
                .as("a task without a zone moves nobody")
                .isEqualTo(at("2026-11-21T07:00:00Z"));
        assertThat(wake(at("2026-11-21T07:00:00Z")).get(0).timeZone()).isEqualTo("Europe/Paris");
    }

    @Test
    void aDigestHasTheSameIdWheneverItIsMade() {
        view(NOON, task("t-1", 1, TaskStatus.OPEN, null));
        DigestState before = state;
        Digest once = wake(MORNING).get(0);
        state = before;

        assertThat(wake(MORNING)).containsExactly(once);
        assertThat(wake(MORNING + DAY).get(0).envelope().eventId())
                .isNotEqualTo(once.envelope().eventId());
    }

    @Test
    void moreTasksThanAreFollowedMakeADigestThatSaysSo() {
        for (int i = 0; i < DigestDecider.MAX_TASKS; i++) {
            assertThat(view(NOON, task("t-" + i, 1, TaskStatus.OPEN, NOON + i))).isEqualTo(Effect.APPLIED);
        }
        assertThat(view(NOON, task("one-more", 1, TaskStatus.OPEN, NOON))).isEqualTo(Effect.NOT_FOLLOWED);

        Digest digest = wake(MORNING).get(0);
        assertThat(digest.open()).isEqualTo(DigestDecider.MAX_TASKS);
        assertThat(digest.complete()).isFalse();
        assertThat(digest.tasks()).hasSize(Digest.MAX_TASKS);

        view(MORNING, task("t-0", 2, TaskStatus.COMPLETED, NOON));
        wake(MORNING + DAY);
        assertThat(view(MORNING + DAY, task("one-more", 2, TaskStatus.OPEN, NOON)))
                .isEqualTo(Effect.APPLIED);
        assertThat(wake(MORNING + 2 * DAY).get(0).complete()).isTrue();
    }

    private Effect view(long time, TaskSummary task) {
        Decision<DigestState, Effect, Digest> decision = decider.decide(KEY, state, task, time);
        state = decision.state();
        assertThat(decision.commands()).isEmpty();
        return decision.effect();
    }

    private List<Digest> wake(long time) {
        Decision<DigestState, Effect, Digest> decision = decider.wake(KEY, state, time);
        state = decision.state();
        return new ArrayList<>(decision.commands());
    }

    private TaskSummary task(String id, long version, TaskStatus status, Long dueAt) {
        return new TaskSummary(
                ENVELOPE,
                "u-7",
                id,
                version,
                status,
                "Pay",
                null,
                dueAt == null ? null : Instant.ofEpochMilli(dueAt),
                null,
                created);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
