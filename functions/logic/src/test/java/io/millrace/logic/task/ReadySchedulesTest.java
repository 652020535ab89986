package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.recurrence.InvalidRecurrenceException;
import io.millrace.logic.recurrence.RecurrenceSchedule;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Recurrence.Kind;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReadySchedulesTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDateTime ANCHOR = LocalDateTime.parse("2026-12-01T09:00");
    private static final long START = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
    private static final List<String> RULES = List.of(
            "FREQ=DAILY",
            "FREQ=DAILY;COUNT=3",
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270101",
            "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=3;BYMINUTE=7;COUNT=10000",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "FREQ=HOURLY;INTERVAL=48;BYDAY=MO,WE,FR;COUNT=10000",
            "FREQ=DAILY;UNTIL=20200101",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30");

    private final ReadySchedules ready = new ReadySchedules();

    private static Recurrence rule(String rule) {
        return Recurrence.of(Kind.RULE, rule);
    }

    @Test
    void whatIsAskedAgainIsNotCompiledAgain() {
        RecurrenceSchedule first = ready.followed(rule("FREQ=DAILY"), ANCHOR, PARIS);

        assertThat(ready.followed(rule("FREQ=DAILY"), ANCHOR, PARIS)).isSameAs(first);
        assertThat(ready.followed(rule("FREQ=WEEKLY"), ANCHOR, PARIS)).isNotSameAs(first);
        assertThat(ready.followed(rule("FREQ=DAILY"), ANCHOR.plusDays(1), PARIS))
                .isNotSameAs(first);
        assertThat(ready.followed(rule("FREQ=DAILY"), ANCHOR, ZoneOffset.UTC)).isNotSameAs(first);
    }

    @Test
    void whatIsFollowedIsCheckedAllTheSameWhenItIsGiven() {
        Recurrence ended = rule("FREQ=DAILY;UNTIL=20200101");
        ready.followed(ended, ANCHOR, PARIS);

        assertThatThrownBy(() -> ready.given(ended, ANCHOR, PARIS)).isInstanceOf(InvalidRecurrenceException.class);
        RecurrenceSchedule given = ready.given(rule("FREQ=DAILY"), ANCHOR, PARIS);
        assertThat(ready.given(rule("FREQ=DAILY"), ANCHOR, PARIS)).isSameAs(given);
        assertThat(ready.followed(rule("FREQ=DAILY"), ANCHOR, PARIS)).isSameAs(given);
    }

    @Test
    void thoseThatWereAskedLastAreKept() {
        Recurrence daily = rule("FREQ=DAILY");
        RecurrenceSchedule first = ready.followed(daily, ANCHOR, PARIS);
        RecurrenceSchedule second = ready.followed(daily, ANCHOR.plusDays(1), PARIS);
        for (int i = 2; i <= ReadySchedules.MAX_READY; i++) {
            ready.followed(daily, ANCHOR, PARIS);
            ready.followed(daily, ANCHOR.plusDays(i), PARIS);
        }

        assertThat(ready.followed(daily, ANCHOR, PARIS)).isSameAs(first);
        assertThat(ready.followed(daily, ANCHOR.plusDays(1), PARIS)).isNotSameAs(second);
    }

    /** As {@code FREQ=DAILY} of an earlier build, but that it takes more steps than one may that is given now. */
    @Test
    void aSeriesThatWasAcceptedGoesOnWhateverItCosts() {
        Recurrence costly = rule("FREQ=HOURLY;INTERVAL=48;BYDAY=MO,WE,FR;COUNT=10000");
        TaskDecider decider = new TaskDecider(TaskSettings.DEFAULTS);
        String given = "'title':'x','time_zone':'Europe/Paris','due_at':'1970-01-01T09:00','recurrence':{'rule':'";
        IncomingTask refused = event(1, "created", "t-1", START, given + costly.expression() + "'}");
        SeriesKey key = SeriesKey.of(refused.event());

        List<TaskCommand> refusal =
                decider.decide(key, null, refused, id -> null).commands();
        assertThat(refusal).singleElement().isInstanceOfSatisfying(TaskCommand.Reject.class, reject -> {
            assertThat(reject.code()).isEqualTo(ErrorCode.INVALID_RECURRENCE);
            assertThat(reject.message()).startsWith("recurrence.rule: takes more than 20000 steps");
        });

        Series daily = decider.decide(key, null, event(2, "created", "t-1", START, given + "FREQ=DAILY'}"), id -> null)
                .state();
        Series accepted = daily.withTemplate(daily.template().with(TaskFields.ofRecurrence(costly)));
        Series changed = decide(decider, key, accepted, event(3, "updated", "t-1", START, "'title':'y'"));
        Series completed = decide(decider, key, changed, event(4, "completed", "t-1", START, null));

        assertThat(completed.tasks()).hasSize(2);
        assertThat(completed.task(1).recurrenceId()).isEqualTo(LocalDateTime.parse("2026-12-07T09:00"));
    }

    private static Series decide(TaskDecider decider, SeriesKey key, Series state, IncomingTask event) {
        Decision<Series, Outcome, TaskCommand> decision = decider.decide(key, state, event, id -> null);
        assertThat(decision.effect()).isEqualTo(Outcome.APPLIED);
        return decision.state();
    }

    private static IncomingTask random(Random random, int number, int series, long at) {
        String type =
                switch (random.nextInt(4)) {
                    case 0 -> "created";
                    case 1 -> "updated";
                    default -> "completed";
                };
        String given = "'title':'x','time_zone':'Europe/Paris','due_at':'"
                + ANCHOR.plusDays(random.nextInt(3)).minusYears(random.nextInt(2) * 56L)
                + "','recurrence':{'rule':'" + RULES.get(random.nextInt(RULES.size())) + "','next':'"
                + (random.nextBoolean() ? "on_completion" : "on_schedule") + "'}";
        String moved = "'due_at':'" + ANCHOR.plusDays(random.nextInt(5)) + "'";
        String fields = type.equals("created") ? given : random.nextBoolean() ? moved : "'title':'y'";
        return event(number, type, "t-" + series, at, type.equals("completed") ? null : fields);
    }

    /** @param fields null for none */
    private static IncomingTask event(int number, String type, String taskId, long at, String fields) {
        String json = "{'schema_version':1,'event_id':'" + new UUID(0x4000L, 0x8000_0000_0000_0000L + number)
                + "','event_type':'task." + type + "','occurred_at':'" + Instant.ofEpochMilli(at)
                + "','user_id':'u','task_id':'" + taskId + "'" + (fields == null ? "" : "," + fields) + "}";
        SourceRecord record = new SourceRecord(
                "task-events",
                0,
                number,
                at,
                null,
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                List.of());
        try {
            return new IncomingTask(TaskEventReader.read(record), record);
        } catch (RejectedEventException e) {
            throw new AssertionError(json, e);
        }
    }

    /** One decider that sees many series decides as a new one for each event, and as one that begins half-way. */
    @Property(tries = 100)
    void whatIsReadyChangesNoDecision(@ForAll long seed) {
        Random random = new Random(seed);
        TaskDecider one = new TaskDecider(TaskSettings.DEFAULTS);
        TaskDecider restarted = new TaskDecider(TaskSettings.DEFAULTS);
        Map<Integer, Series> states = new HashMap<>();
        long now = START;
        for (int i = 0; i < 60; i++) {
            int number = random.nextInt(5);
            now += random.nextInt(2) * 3_600_000L * random.nextInt(40);
            IncomingTask event = random(random, i, number, now);
            Series state = states.get(number);
            SeriesKey key = SeriesKey.of(event.event());
            if (i == 30) {
                restarted = new TaskDecider(TaskSettings.DEFAULTS);
            }

            Decision<Series, Outcome, TaskCommand> decision = one.decide(key, state, event, id -> null);

            assertThat(new TaskDecider(TaskSettings.DEFAULTS).decide(key, state, event, id -> null))
                    .isEqualTo(decision);
            assertThat(restarted.decide(key, state, event, id -> null)).isEqualTo(decision);
            states.put(number, decision.state());
        }
    }
}
