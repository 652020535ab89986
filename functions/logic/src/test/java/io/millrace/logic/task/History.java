package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.decision.Decision;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The history of one series, told event by event, and what was decided. Times are UTC: {@code 09:00} is on 1 December
 * 2026, a Tuesday, and {@code 12-03 09:00} two days later. Events are JSON, written with single quotes.
 *
 * <p>Every decision is checked against the laws that hold always: see {@link #check}.
 */
final class History {
    static final String ROOT = "t-1";
    private static final String FIRST_DAY = "2026-12-01";

    final SeriesKey key;
    private final TaskSettings settings;
    private final TaskDecider decider;
    private final Map<UUID, Long> overflowed = new HashMap<>();
    private final List<TaskCommand> commands = new ArrayList<>();
    private final Set<UUID> reminderIds = new HashSet<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<SourceRecord> records = new ArrayList<>();

    /** Whether moments are passed by timers before the record that comes after them, or by that record. */
    private boolean timers = true;

    private long now = millis("00:00");
    private long latest = Long.MAX_VALUE;
    private long occurredBefore;
    private UUID nextId;
    private int events;
    private int told;
    private Series state;
    private Outcome outcome;

    History() {
        this(TaskSettings.DEFAULTS);
    }

    History(String rootId) {
        this(TaskSettings.DEFAULTS, rootId);
    }

    History(TaskSettings settings) {
        this(settings, ROOT);
    }

    private History(TaskSettings settings, String rootId) {
        this.key = new SeriesKey("default", "u-1", rootId);
        this.settings = settings;
        this.decider = new TaskDecider(settings);
    }

    History withoutTimers() {
        return withTimers(false);
    }

    History withTimers(boolean fire) {
        timers = fire;
        return this;
    }

    static long millis(String time) {
        String text =
                switch (time.length()) {
                    case 5, 8 -> FIRST_DAY + "T" + time;
                    case 11 -> "2026-" + time.replace(' ', 'T');
                    default -> time.replace(' ', 'T');
                };
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    static UUID id(int number) {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L + number);
    }

    History at(String time) {
        return at(millis(time));
    }

    /** Log time goes on, and timers fire; it may also go back. */
    History at(long time) {
        now = time;
        if (timers) {
            wake(time);
        }
        return this;
    }

    /** What is told with a later time is from the future. */
    History latest(String time) {
        latest = millis(time);
        return this;
    }

    /** The next event happened that long before its log time. */
    History late(int seconds) {
        occurredBefore = seconds * 1000L;
        return this;
    }

    History withId(UUID id) {
        nextId = id;
        return this;
    }

    History created(String taskId, String... fields) {
        return event("task.created", taskId, prepend("'title':'Pay the rent'", fields));
    }

    History updated(String taskId, String... fields) {
        return event("task.updated", taskId, fields);
    }

    History completed(String taskId) {
        return event("task.completed", taskId);
    }

    History reopened(String taskId) {
        return event("task.reopened", taskId);
    }

    History deleted(String taskId) {
        return event("task.deleted", taskId);
    }

    History snoozed(String taskId, int minutes) {
        return event("reminder.snoozed", taskId, "'snooze_minutes':" + minutes);
    }

    History snoozedUntil(String taskId, String until) {
        return event("reminder.snoozed", taskId, "'snooze_until':'" + until + "'");
    }

    private static String[] prepend(String first, String... rest) {
        boolean titled = rest.length > 0 && rest[0].startsWith("'title'");
        List<String> all = new ArrayList<>(List.of(rest));
        if (!titled) {
            all.add(0, first);
        }
        return all.toArray(String[]::new);
    }

    History event(String type, String taskId, String... fields) {
        events++;
        UUID id = nextId != null ? nextId : id(events);
        nextId = null;
        StringBuilder json = new StringBuilder("{'schema_version':1,'event_id':'" + id + "','event_type':'" + type
                + "','occurred_at':'" + Instant.ofEpochMilli(now - occurredBefore)
                + "','user_id':'u-1','task_id':'" + taskId + "','correlation_id':'c-" + events + "'");
        occurredBefore = 0;
        for (String field : fields) {
            json.append(',').append(field);
        }
        return value(json.append('}').toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    History value(byte[] value) {
        return record(new SourceRecord("task-events", 0, records.size(), now, null, value, List.of()));
    }

    /** The record once more, now. */
    History again(SourceRecord record) {
        return value(record.value());
    }

    History record(SourceRecord record) {
        records.add(record);
        TaskEvent event;
        try {
            event = TaskEventReader.read(record);
        } catch (RejectedEventException e) {
            throw new AssertionError("the test's event is not acceptable: " + e.getMessage(), e);
        }
        Series before = state;
        long clock = before == null ? 0 : before.clock();
        Decision<Series, Outcome, TaskCommand> decision =
                decider.decide(key, before, new IncomingTask(event, record), latest, overflowed::get);
        carryOut(decision, Math.max(Math.min(clock, latest), Math.min(record.timestamp(), latest)));
        return this;
    }

    /** What the log announced is read back. */
    History readBack(int announcement) {
        TaskEvent created = all(TaskCommand.Announce.class).get(announcement).created();
        return value(io.millrace.schema.task.TaskEventWriter.write(created));
    }

    /** Lets timers fire up to {@code time}, each in its own moment. */
    History wake(long time) {
        int steps = 0;
        while (state != null && state.nextWake(settings) <= time) {
            long moment = state.nextWake(settings);
            assertThat(steps++)
                    .as("wake-ups that lead nowhere, at %s", Instant.ofEpochMilli(moment))
                    .isLessThan(20_000);
            carryOut(decider.wake(key, state, moment, latest), Math.max(moment, Math.min(state.clock(), latest)));
        }
        return this;
    }

    History loseState() {
        state = null;
        versions.clear();
        reminderIds.clear();
        return this;
    }

    History from(Series series) {
        state = series;
        return this;
    }

    /** State goes through its encoding, as by a savepoint. */
    History restored() {
        if (state != null) {
            state = Encoded.read(Encoded.bytes(state));
        }
        return this;
    }

    private void carryOut(Decision<Series, Outcome, TaskCommand> decision, long time) {
        outcome = decision.effect();
        state = decision.state();
        for (TaskCommand command : decision.commands()) {
            if (command instanceof TaskCommand.Overflow overflow) {
                for (int i = 0; i < overflow.ids().size(); i++) {
                    overflowed.put(overflow.ids().id(i), overflow.ids().time(i));
                }
            } else if (command instanceof TaskCommand.ForgetOverflow forget) {
                overflowed.values().removeIf(seen -> seen < forget.time());
            }
            check(command, time);
        }
        commands.addAll(decision.commands());
        if (state == null) {
            versions.clear();
            assertThat(overflowed).as("ids kept for a series that is forgotten").isEmpty();
        } else {
            byte[] bytes = Encoded.bytes(state);
            assertThat(Encoded.bytes(Encoded.read(bytes))).isEqualTo(bytes);
            assertThat(state.tasks().stream().filter(Task::isOpen).count()).isLessThanOrEqualTo(100);
        }
    }

    /**
     * No reminder before its moment, none sent twice, and each view one version further.
     *
     * @param time of the decision
     */
    private void check(TaskCommand command, long time) {
        if (command instanceof TaskCommand.Remind remind) {
            assertThat(remind.reminder().remindAt()).as("early: %s", remind).isLessThanOrEqualTo(time);
            assertThat(reminderIds.add(remind.reminder().eventId()))
                    .as("sent twice: %s", remind)
                    .isTrue();
        } else if (command instanceof TaskCommand.Publish publish) {
            TaskView view = publish.view();
            // A prompt forgetting and a new creation begin anew.
            boolean anew = view.version() == 1 && view.causeType().equals("task.created");
            long before = anew ? 0 : versions.getOrDefault(view.taskId(), 0L);
            assertThat(view.version()).as("version of %s", view).isEqualTo(before + 1);
            assertThat(view.nextRemindAt() == null || view.status() == TaskStatus.OPEN)
                    .isTrue();
            versions.put(view.taskId(), view.version());
        }
    }

    Series state() {
        return state;
    }

    long now() {
        return now;
    }

    Outcome outcome() {
        return outcome;
    }

    List<SourceRecord> records() {
        return records;
    }

    Map<UUID, Long> overflowed() {
        return overflowed;
    }

    List<TaskCommand> commands() {
        return commands;
    }

    /** The commands, in a form that compares dead letters by their position and not by the identity of their bytes. */
    List<Object> comparableCommands() {
        return commands.stream()
                .map(command -> command instanceof TaskCommand.Reject reject
                        ? List.of(reject.source().offset(), reject.code(), reject.message())
                        : command)
                .toList();
    }

    <C extends TaskCommand> List<C> all(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Reminder reminder(int index) {
        return all(TaskCommand.Remind.class).get(index).reminder();
    }

    /** The last view of the task. */
    TaskView view(String taskId) {
        return all(TaskCommand.Publish.class).stream()
                .map(TaskCommand.Publish::view)
                .filter(view -> view.taskId().equals(taskId))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** What was commanded since this was asked last, one line each. */
    List<String> news() {
        List<String> news = commands.subList(told, commands.size()).stream()
                .map(History::line)
                .toList();
        told = commands.size();
        return news;
    }

    /** Of the news, what begins with one of the words. */
    List<String> news(String... words) {
        return news().stream()
                .filter(line -> List.of(words).contains(line.split(" ")[0]))
                .toList();
    }

    private static String line(TaskCommand command) {
        if (command instanceof TaskCommand.Remind remind) {
            Reminder reminder = remind.reminder();
            return "remind " + reminder.taskId() + " " + brief(reminder.remindAt()) + " "
                    + (reminder.snoozed() ? "snoozed" : "-" + reminder.remindBeforeMinutes());
        } else if (command instanceof TaskCommand.Publish publish) {
            TaskView view = publish.view();
            return "publish " + view.taskId() + " v" + view.version() + " "
                    + view.status().wireName();
        } else if (command instanceof TaskCommand.Announce announce) {
            return "announce " + announce.created().taskId();
        } else if (command instanceof TaskCommand.Reject reject) {
            return "reject " + reject.code().wireName() + " @" + reject.source().offset();
        }
        return command.getClass().getSimpleName();
    }

    /** {@code 12-01 09:00}. */
    static String brief(long time) {
        return Instant.ofEpochMilli(time).toString().substring(5, 16).replace('T', ' ');
    }
}
