package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskDecider;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskEventsTest {
    private static final long START = 1_790_000_000_000L;
    private static final int MANY = 200_000;

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameEvents(StreamShape shape) {
        assertThat(some(shape, 1)).isEqualTo(some(shape, 1)).isNotEqualTo(some(shape, 2));
    }

    private static List<TaskEvents.Event> some(StreamShape shape, long seed) {
        TaskEvents events = new TaskEvents(shape, seed, START);
        return Stream.generate(events::next).limit(1_000).toList();
    }

    @ParameterizedTest
    @EnumSource
    void eachEventThatIsNoDuplicateLeadsToOneView(StreamShape shape) throws Exception {
        TaskEvents events = new TaskEvents(shape, 1, START);

        Decided decided = decide(events);

        assertThat(decided.views).isEqualTo(events.views());
        assertThat(decided.outcomes.keySet()).isSubsetOf(Outcome.APPLIED, Outcome.DUPLICATE);
    }

    @Test
    void aFifthAreDuplicates() throws Exception {
        Decided decided = decide(new TaskEvents(StreamShape.DUPLICATES, 1, START));

        assertThat(decided.outcomes.get(Outcome.DUPLICATE)).isBetween(MANY * 19 / 100, MANY * 21 / 100);
    }

    @Test
    void aTaskHasSeveralEventsInItsLife() throws Exception {
        Decided decided = decide(new TaskEvents(StreamShape.LIFECYCLE, 1, START));

        assertThat(decided.known.size()).isBetween(MANY / 4, MANY / 2);
    }

    private static final class Decided {
        final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        final Map<String, Series> known = new HashMap<>();
        long views;
    }

    private static Decided decide(TaskEvents events) throws Exception {
        TaskDecider decider = new TaskDecider(TaskSettings.DEFAULTS);
        Decided decided = new Decided();
        for (int i = 0; i < MANY; i++) {
            TaskEvents.Event event = events.next();
            SourceRecord source = new SourceRecord(
                    "task-events",
                    0,
                    i,
                    START + i / 100,
                    event.user().getBytes(StandardCharsets.UTF_8),
                    event.json().getBytes(StandardCharsets.UTF_8),
                    List.of());
            IncomingTask incoming = new IncomingTask(TaskEventReader.read(source), source);
            SeriesKey key = SeriesKey.of(incoming.event());
            Decision<Series, Outcome, TaskCommand> decision =
                    decider.decide(key, decided.known.get(key.encoded()), incoming, id -> null);
            decided.known.put(key.encoded(), decision.state());
            decided.outcomes.merge(decision.effect(), 1, Integer::sum);
            decided.views += decision.commands().stream()
                    .filter(TaskCommand.Publish.class::isInstance)
                    .count();
        }
        return decided;
    }
}
