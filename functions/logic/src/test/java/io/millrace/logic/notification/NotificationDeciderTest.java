package io.millrace.logic.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.logic.notification.NotificationCommand.Send;
import io.millrace.logic.notification.NotificationCommand.Tell;
import io.millrace.logic.notification.NotificationDecider.Effect;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.notification.About;
import io.millrace.schema.notification.Bundling;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.ChannelKind;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.QuietHours;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NotificationDeciderTest {
    private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private static final long NIGHT = Instant.parse("2026-11-20T23:00:00Z").toEpochMilli();
    private static final long MORNING = Instant.parse("2026-11-21T07:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final String KEY = "acme\nann";
    private static final QuietHours QUIET = new QuietHours("22:00", "07:00", List.of(Priority.P1));
    private static final Channel HOOK =
            new Channel(ChannelKind.WEBHOOK, "https://hooks.example.com/ann", List.of(), "hooks");
    private static final Channel MAIL =
            new Channel(ChannelKind.EMAIL, "ann@example.com", List.of(About.APPROVALS, About.ALERTS), null);

    private final NotificationDecider decider = new NotificationDecider();
    private NotificationState state;
    private Effect effect;

    @Test
    void whoSaysNothingIsToldNothing() {
        assertThat(note(NOON, 1, About.REMINDERS)).isEmpty();
        assertThat(effect).isEqualTo(Effect.NOT_WANTED);
        assertThat(state).as("and is not remembered").isNull();
    }

    @Test
    void aPersonIsToldAtOnceOnEachChannelThatTellsOfSuch() {
        prefer(NOON, preferences(null, null, null, HOOK, MAIL));

        assertThat(note(NOON, 1, About.REMINDERS)).extracting(Send::channel).containsExactly(HOOK);
        assertThat(note(NOON, 2, About.APPROVALS)).extracting(Send::channel).containsExactly(HOOK, MAIL);
        assertThat(effect).isEqualTo(Effect.SENT);
        assertThat(decider.nextWake(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anIdFollowsFromEventAndChannelAlone() {
        prefer(NOON, preferences(null, null, null, HOOK, MAIL));
        List<Send> first = note(NOON, 1, About.APPROVALS);
        state = null;
        prefer(NIGHT, preferences(null, null, 5, HOOK, MAIL));
        List<Send> again = note(NIGHT, 1, About.APPROVALS);

        assertThat(again)
                .extracting(Send::id)
                .isEqualTo(first.stream().map(Send::id).toList());
        assertThat(first).extracting(Send::id).doesNotHaveDuplicates();
        assertThat(note(NIGHT, 2, About.APPROVALS))
                .extracting(Send::id)
                .doesNotContainAnyElementsOf(first.stream().map(Send::id).toList());
    }

    @Test
    void anEventThatComesAgainTellsNothing() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        note(NOON, 1, About.REMINDERS);
        assertThat(note(NOON + 1, 1, About.REMINDERS)).isEmpty();
        assertThat(effect).isEqualTo(Effect.REPEATED);
        note(NIGHT, 2, About.REMINDERS);
        note(NIGHT + 1, 2, About.REMINDERS);

        assertThat(wake(MORNING).get(0).notes()).hasSize(1);
    }

    @Test
    void whatComesInQuietHoursIsToldAtTheirEndAsOne() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        assertThat(note(NIGHT, 1, About.REMINDERS)).isEmpty();
        assertThat(effect).isEqualTo(Effect.HELD);
        assertThat(note(NIGHT + 5, 2, About.APPROVALS)).isEmpty();
        assertThat(decider.nextWake(state)).isEqualTo(MORNING);

        List<Send> told = wake(MORNING);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).notes()).extracting(Note::eventId).containsExactly(event(1), event(2));
        assertThat(told.get(0).decidedAt()).isEqualTo(MORNING);
        assertThat(decider.nextWake(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void eachChannelIsToldOfItsOwnAtTheEndOfQuietHours() {
        prefer(NOON, preferences(QUIET, null, null, HOOK, MAIL));
        note(NIGHT, 1, About.REMINDERS);
        note(NIGHT, 2, About.APPROVALS);

        assertThat(wake(MORNING)).extracting(send -> send.notes().size()).containsExactly(2, 1);
    }

    @Test
    void whatIsExceptedIsToldInQuietHours() {
        prefer(NOON, preferences(QUIET, Bundling.HOURLY, null, HOOK));
        assertThat(note(NIGHT, 1, About.ALERTS, Priority.P1)).hasSize(1);
        assertThat(note(NIGHT, 2, About.ALERTS, Priority.P2)).isEmpty();
    }

    @Test
    void whatIsMoreThanTheLimitIsToldTogetherWhenTheHourIsOver() {
        prefer(NOON, preferences(null, null, 2, HOOK));
        assertThat(note(NOON, 1, About.REMINDERS)).hasSize(1);
        assertThat(note(NOON + 1, 2, About.REMINDERS)).hasSize(1);
        assertThat(note(NOON + 2, 3, About.REMINDERS)).isEmpty();
        assertThat(note(NOON + 3, 4, About.REMINDERS)).isEmpty();
        assertThat(decider.nextWake(state)).isEqualTo(NOON + HOUR);

        assertThat(wake(NOON + HOUR)).hasSize(1);
        assertThat(note(NOON + HOUR + 1, 5, About.REMINDERS)).hasSize(1);
        assertThat(note(NOON + HOUR + 2, 6, About.REMINDERS)).isEmpty();
    }

    @Test
    void theLimitHoldsForWhatIsUrgentToo() {
        prefer(NOON, preferences(QUIET, null, 1, HOOK));
        assertThat(note(NIGHT, 1, About.ALERTS, Priority.P1)).hasSize(1);
        assertThat(note(NIGHT + 1, 2, About.ALERTS, Priority.P1)).isEmpty();
        assertThat(note(NIGHT + 2, 3, About.REMINDERS)).isEmpty();

        assertThat(wake(NIGHT + HOUR).get(0).notes()).extracting(Note::eventId).containsExactly(event(2));
        assertThat(decider.nextWake(state)).isEqualTo(MORNING);
    }

    @Test
    void whatIsHeldIsBoundedAndTheRestCounted() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        for (int i = 0; i < 250; i++) {
            note(NIGHT + i, i, About.REMINDERS);
        }
        assertThat(state.held()).hasSize(NotificationState.MAX_HELD);

        Send told = wake(MORNING).get(0);
        assertThat(told.notes()).hasSize(NotificationDecider.MAX_TOLD);
        assertThat(told.notes().get(told.notes().size() - 1).eventId()).isEqualTo(event(249));
        assertThat(told.notes().size() + told.more()).isEqualTo(250);
        assertThat(state.dropped()).isEmpty();
    }

    @Test
    void whatWasLeftOutIsCountedWithTheOthersOfItsKind() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        for (int i = 0; i < 250; i++) {
            note(NIGHT + i, i, About.REMINDERS);
        }
        Map<String, Integer> leftOut = Map.copyOf(state.dropped());
        // By other preferences one is told before the others.
        state = state.holding(
                Stream.concat(
                                state.held().stream(),
                                Stream.of(new NotificationState.Held(
                                        new Note(event(1_000), About.ALERTS, Priority.P1, "lag", Map.of(), NIGHT, null),
                                        NIGHT + 1_000)))
                        .toList(),
                leftOut);

        assertThat(wake(NIGHT + 1_000).get(0).more()).isZero();
        assertThat(state.dropped()).isEqualTo(leftOut);
        Send told = wake(MORNING).get(0);
        assertThat(told.notes().size() + told.more()).isEqualTo(250);
        assertThat(state.dropped()).isEmpty();
    }

    @Test
    void newPreferencesCountForWhatIsHeld() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        note(NIGHT, 1, About.REMINDERS);
        prefer(NIGHT + 1, preferences(null, null, null, HOOK));

        assertThat(decider.nextWake(state)).isLessThanOrEqualTo(NIGHT + 1);
        assertThat(wake(NIGHT + 1)).hasSize(1);
    }

    @Test
    void whoTakesPreferencesAwayIsForgottenOnceNothingIsUnderWay() {
        prefer(NOON, preferences(QUIET, null, null, HOOK));
        Send send = note(NOON, 1, About.REMINDERS).get(0);
        note(NIGHT, 2, About.REMINDERS);
        decide(NIGHT + 1, NotificationInput.withoutPreferences("acme", "ann"));

        assertThat(decider.nextWake(state)).isEqualTo(Long.MAX_VALUE);
        assertThat(note(NIGHT + 2, 3, About.REMINDERS)).isEmpty();
        assertThat(told(outcome(send.id(), AgentResult.Status.OK, null))).hasSize(1);
        assertThat(state).isNull();
    }

    @Test
    void whatBecameOfItIsToldOnce() {
        prefer(NOON, preferences(null, null, null, HOOK));
        Send send = note(NOON, 1, About.REMINDERS).get(0);

        Tell tell = told(outcome(send.id(), AgentResult.Status.FAILED, "unreachable"))
                .get(0);
        assertThat(tell.sent().events()).containsExactly(event(1));
        assertThat(tell.sent().channel()).isEqualTo(HOOK.id());
        assertThat(tell.outcome().code()).isEqualTo("unreachable");
        assertThat(told(outcome(send.id(), AgentResult.Status.OK, null))).isEmpty();
        assertThat(effect).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void aChannelThatIsGoneIsLeftAloneUntilPreferencesChange() {
        prefer(NOON, preferences(null, null, null, HOOK, MAIL));
        Send send = note(NOON, 1, About.APPROVALS).get(0);
        told(outcome(send.id(), AgentResult.Status.REFUSED, "agent_rejected"));

        assertThat(note(NOON + 1, 2, About.APPROVALS)).extracting(Send::channel).containsExactly(MAIL);
        assertThat(note(NOON + 1, 3, About.REMINDERS)).isEmpty();
        assertThat(effect).isEqualTo(Effect.NOT_WANTED);
        prefer(NOON + 2, preferences(null, null, null, HOOK, MAIL));
        assertThat(note(NOON + 3, 4, About.APPROVALS)).hasSize(2);
    }

    @Test
    void whatIsUnderWayIsBounded() {
        prefer(NOON, preferences(null, null, 1_000, HOOK));
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            ids.add(note(NOON + i, i, About.REMINDERS).get(0).id());
        }

        assertThat(ids).hasSize(300);
        assertThat(state.underWay()).hasSize(NotificationState.MAX_UNDER_WAY);
        assertThat(state.recent()).hasSize(NotificationState.MAX_RECENT);
    }

    @Test
    void theStateIsReadAsItWasWritten() throws IOException {
        prefer(NOON, preferences(QUIET, null, null, HOOK, MAIL));
        note(NOON, 1, About.APPROVALS);
        note(NIGHT, 2, About.ALERTS, Priority.P3);
        NotificationStateCodec codec = new NotificationStateCodec();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(state, new DataOutputStream(bytes));

        assertThat(codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(state);
    }

    private void prefer(long time, NotificationPreferences preferences) {
        decide(time, NotificationInput.of(preferences));
        assertThat(effect).isEqualTo(Effect.PREFERRED);
    }

    private List<Send> note(long time, int number, About about) {
        return note(time, number, about, null);
    }

    private List<Send> note(long time, int number, About about, Priority priority) {
        Note note = new Note(event(number), about, priority, "Pay the rent", Map.of("task_id", "t-1"), time, null);
        return sends(decide(time, NotificationInput.of("acme", "ann", note)));
    }

    private static UUID event(int number) {
        return new UUID(7, number);
    }

    private static NotificationInput outcome(UUID id, AgentResult.Status status, String code) {
        return new NotificationInput(
                NotificationInput.Kind.OUTCOME,
                "acme",
                "ann",
                null,
                null,
                new NotificationInput.Outcome(id.toString(), status, 1, code, null, NOON));
    }

    private List<Tell> told(NotificationInput outcome) {
        return decide(NOON + 10, outcome).stream().map(Tell.class::cast).toList();
    }

    private List<NotificationCommand> decide(long time, NotificationInput input) {
        Decision<NotificationState, Effect, NotificationCommand> decision = decider.decide(KEY, state, input, time);
        state = decision.state();
        effect = decision.effect();
        return decision.commands();
    }

    private List<Send> wake(long time) {
        List<NotificationCommand> commands = new ArrayList<>();
        state = Wakes.until(decider, KEY, state, time, commands::addAll);
        return sends(commands);
    }

    private static List<Send> sends(List<NotificationCommand> commands) {
        return commands.stream().map(Send.class::cast).toList();
    }

    private static NotificationPreferences preferences(
            QuietHours quiet, Bundling digest, Integer perHour, Channel... channels) {
        Envelope envelope =
                new Envelope(new UUID(0, 1), NotificationPreferences.TYPE_NAME, Instant.EPOCH, "acme", null, null);
        return new NotificationPreferences(
                envelope, "ann", "fr", null, List.of(channels), quiet, digest, List.of(), perHour);
    }
}
