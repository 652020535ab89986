package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.audit.AuditAnchor;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationKey;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.CustomerErased;
import io.millrace.schema.conversation.CustomerIdentified;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.digest.Digest;
import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.notification.NotificationDelivered;
import io.millrace.schema.notification.NotificationFailed;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunContinued;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowEmitted;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schemas of events that records declare are those that follow from the records. */
class DeclaredEventsTest {

    static Stream<Class<? extends Record>> declared() {
        return Stream.of(
                Digest.class,
                AuditAnchor.class,
                FiguresCounted.class,
                LagSampled.class,
                SloDefined.class,
                SloAlert.class,
                SloStatus.class,
                WorkflowDefined.class,
                WorkflowStart.class,
                WorkflowControl.class,
                WorkflowSignal.class,
                RunStarted.class,
                RunRefused.class,
                RunContinued.class,
                ChildEnded.class,
                ApprovalRequested.class,
                ApprovalDecided.class,
                WorkflowEvent.class,
                WorkflowRun.class,
                WorkflowEmitted.class,
                MessageReceived.class,
                MessageSent.class,
                ConversationAssigned.class,
                ConversationReleased.class,
                ConversationClosed.class,
                ConversationRated.class,
                CustomerIdentified.class,
                ConversationErased.class,
                CustomerErased.class,
                TurnEnded.class,
                ConversationReply.class,
                ConversationEscalated.class,
                ConversationView.class,
                ConversationKey.class,
                KnowledgeDocument.class,
                RolloutDefined.class,
                RolloutCommand.class,
                HealthSignal.class,
                HealthCounted.class,
                FlagObserved.class,
                RolloutEvent.class,
                RolloutStatus.class,
                NotificationPreferences.class,
                NotificationDelivered.class,
                NotificationFailed.class);
    }

    @ParameterizedTest
    @MethodSource("declared")
    void theSchemaIsTheOneThatIsDeclared(Class<? extends Record> type) throws Exception {
        Path golden = Contract.SCHEMAS.resolve(type.getAnnotation(Event.class).type() + ".v1.json");
        String schema = DeclaredSchema.of(type);
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(golden, schema);
        }

        assertThat(Files.readString(golden))
                .as("what readers were promised; run the test with -Dmillrace.refresh=true when it is meant to change")
                .isEqualTo(schema);
    }

    @ParameterizedTest
    @MethodSource("declared")
    <E extends Record> void anExampleIsReadAndWrittenAsItIs(Class<E> type) throws Exception {
        String name = type.getAnnotation(Event.class).type() + ".v1.json";
        EventType<E> event = EventType.of(type);
        byte[] example = Contract.JSON.writeValueAsBytes(Contract.example(name));

        assertThat(Contract.JSON.readTree(event.write(event.read(record(example)))))
                .isEqualTo(Contract.example(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | schema_version: missing",
                "'{\"open\":-1}' | open: must be between 0 and 2147483647",
                "'{\"open\":1,\"open\":1}' | open: given twice",
                "'{\"complete\":1}' | complete: expected a boolean, found a number",
                "'{\"tasks\":{}}' | tasks: expected an array",
                "'{\"tasks\":[{\"task_id\":\"t\"}]}' | tasks[0].title: missing",
                "'{\"tasks\":[{\"task_id\":\"t\",\"title\":\"\"}]}' | tasks[0].title: must have 1 to 500 characters, has 0",
                "'{\"tasks\":[{\"task_id\":\"t\",\"title\":\"x\",\"priority\":\"p1\"}]}' | tasks[0].priority: must be one of P1, P2, P3, P4",
                "'{\"scheduled_at\":\"2026-12-02T07:00:00\"}' | scheduled_at: must have an offset",
            })
    void whatIsWrongIsNamed(String value, String message) {
        assertThatThrownBy(() -> EventType.of(Digest.class).read(record(value.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    private record Undeclared(String name) {}

    @Event(type = "x")
    private record Unnamed(io.millrace.schema.wire.Envelope envelope, String name) {}

    @Test
    void aDeclarationThatIsNotWholeIsRefused() {
        assertThatThrownBy(() -> EventType.of(Undeclared.class)).hasMessageContaining("has no @Event");
        assertThatThrownBy(() -> EventType.of(Unnamed.class)).hasMessage("Unnamed.name has no @Field");
    }

    private static SourceRecord record(byte[] value) {
        return new SourceRecord("topic", 0, 0, 0, null, value, List.of());
    }
}
