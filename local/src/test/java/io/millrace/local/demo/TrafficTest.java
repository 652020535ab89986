package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.agent.DefinitionFile;
import io.millrace.local.agent.ShippedAgents;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventType;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void everyEventOfAStoryIsValidAndInOrder() throws RejectedEventException {
        TaskStories stories = new TaskStories(new Random(1), "run", Instant.MAX);
        Set<TaskEventType> types = EnumSet.noneOf(TaskEventType.class);
        for (int i = 0; i < 2_000; i++) {
            Instant last = Instant.MIN;
            for (TaskStories.Step step : stories.next(NOW, i / 2_000.0)) {
                assertThat(step.at()).isAfter(last);
                last = step.at();
                TaskEvent event = read(step.event().apply(step.at()));
                assertThat(event.taskId()).startsWith("run-");
                types.add(event.type());
            }
        }
        assertThat(types).containsExactlyInAnyOrder(TaskEventType.values());
    }

    @Test
    void noDueDateOfTodayLiesBehindTheLimit() throws RejectedEventException {
        Instant limit = NOW.plusSeconds(20);
        TaskStories stories = new TaskStories(new Random(2), "run", limit);
        for (int i = 0; i < 2_000; i++) {
            for (TaskStories.Step step : stories.next(NOW, 0)) {
                TaskEvent event = read(step.event().apply(step.at()));
                if (event.fields().due() != null && event.fields().due().instant() != null) {
                    Instant due = event.fields().due().instant();
                    assertThat(due.isAfter(limit) && due.isBefore(step.at().plus(Duration.ofMinutes(30))))
                            .isFalse();
                    assertThat(due).isAfter(step.at());
                }
            }
        }
    }

    @Test
    void badRecordsAreOfEveryKindAndOnlyTheRuleIsLeftToTheJob() {
        Random random = new Random(3);
        Set<String> codes = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            SampleEvent bad = BadRecords.any(random, Company.anyone(random), "run-" + i, NOW);
            try {
                read(bad);
                assertThat(new String(bad.value(), StandardCharsets.UTF_8)).contains("FREQ=SOMETIMES");
            } catch (RejectedEventException e) {
                codes.add(e.code().wireName());
            }
        }
        assertThat(codes)
                .contains(
                        "not_json",
                        "missing_field",
                        "unknown_version",
                        "unknown_type",
                        "invalid_value",
                        "wrong_type",
                        "empty_value");
    }

    @Test
    void tasksAndRemindersLeadToCallsThatTheShippedAgentsTake() throws Exception {
        CallStories stories = new CallStories(new Random(4));
        Set<String> agents = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        int past = 0;
        int calls = 0;
        for (int i = 0; i < 2_000; i++) {
            boolean reminder = i % 2 == 0;
            ObjectNode record = JsonNodeFactory.instance
                    .objectNode()
                    .put("event_type", reminder ? "reminder.due" : "task.changed")
                    .put("event_id", "e-" + i)
                    .put("user_id", "u-7")
                    .put("version", 1)
                    .put("title", "Pay the rent")
                    .put("description", "By transfer. Before noon.");
            for (SampleEvent event : stories.on(record, NOW)) {
                calls++;
                try {
                    AgentCall call = AgentCallReader.read(new SourceRecord(
                            Topics.AGENT_CALLS,
                            0,
                            0,
                            0,
                            event.key().getBytes(StandardCharsets.UTF_8),
                            event.value(),
                            List.of()));
                    assertThat(call.callKey()).isEqualTo(event.key());
                    agents.add(call.agent());
                    keys.add(call.callKey());
                    past += call.deadline() != null && call.deadline() < NOW.toEpochMilli() ? 1 : 0;
                } catch (RejectedEventException e) {
                    refused.add(e.code().wireName());
                }
            }
        }
        assertThat(agents).containsExactlyInAnyOrder("notifier", "summariser", "translator");
        assertThat(refused).containsExactly("invalid_value");
        assertThat(past).isPositive();
        assertThat(keys.size()).isBetween(2_000, calls - past);
        assertThat(stories.on(JsonNodeFactory.instance.objectNode(), NOW)).isEmpty();
    }

    @Test
    void theShippedAgentsAreDefinedAsTheJobWantsThem() {
        for (String name : ShippedAgents.NAMES) {
            DefinitionFile definition = ShippedAgents.definition(name);

            assertThat(definition.event().agent()).isEqualTo(name);
            assertThat(definition.event().definition().transport().kind()).isEqualTo("in-process");
            assertThat(definition.ignored()).isEmpty();
        }
    }

    @Test
    void aTombstoneIsRefused() {
        assertThatThrownBy(() -> read(new SampleEvent("u", null))).isInstanceOf(RejectedEventException.class);
    }

    @Test
    void quantilesAreOfTheValuesThatWereAdded() {
        Lateness lateness = new Lateness();
        assertThat(lateness.quantile(0.5)).isNull();
        for (int i = 1; i <= 100; i++) {
            lateness.add(i);
        }
        assertThat(lateness.quantile(0.5)).isEqualTo(Duration.ofMillis(50));
        assertThat(lateness.quantile(0.99)).isEqualTo(Duration.ofMillis(99));
        assertThat(lateness.quantile(1)).isEqualTo(Duration.ofMillis(100));
    }

    private static TaskEvent read(SampleEvent event) throws RejectedEventException {
        return TaskEventReader.read(new SourceRecord(
                Topics.TASK_EVENTS, 0, 0, 0, event.key().getBytes(StandardCharsets.UTF_8), event.value(), List.of()));
    }
}
