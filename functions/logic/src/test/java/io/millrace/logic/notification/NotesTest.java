package io.millrace.logic.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.notification.About;
import io.millrace.schema.notification.ReminderDue;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.ApprovalRequested;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NotesTest {

    /** The example of an event, with something else in it. */
    private static SourceRecord example(String name, UnaryOperator<String> change) throws IOException {
        try (InputStream in = NotesTest.class.getResourceAsStream("/examples/" + name + ".v1.json")) {
            String text = change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new SourceRecord("topic", 0, 0, 0, null, text.getBytes(StandardCharsets.UTF_8), List.of());
        }
    }

    private static SourceRecord example(String name) throws IOException {
        return example(name, text -> text);
    }

    @Test
    void aReminderIsForWhoeverTheTaskIsOf() throws IOException, RejectedEventException {
        ReminderDue reminder = ReminderDue.read(example("reminder.due"));
        NotificationInput told = Notes.of(reminder).get(0);

        assertThat(told.userId()).isEqualTo(reminder.userId());
        assertThat(told.note().about()).isEqualTo(About.REMINDERS);
        assertThat(told.note().eventId()).isEqualTo(reminder.envelope().eventId());
        assertThat(told.note().details()).containsEntry("task_id", reminder.taskId());
    }

    @Test
    void aRequestIsForEachWhoIsNamedForIt() throws IOException, RejectedEventException {
        ApprovalRequested request = ApprovalRequested.read(example("approval.requested"));
        ApprovalRequested ofAnybody = ApprovalRequested.read(example(
                "approval.requested", text -> text.replaceAll("\"approvers\": *\\[[^]]*]", "\"approvers\":[]")));

        assertThat(Notes.of(request))
                .extracting(NotificationInput::userId)
                .isNotEmpty()
                .containsExactlyElementsOf(request.approvers());
        assertThat(Notes.of(request).get(0).note().details())
                .containsEntry("request_id", request.requestId())
                .containsEntry("run_id", request.runId());
        assertThat(Notes.of(ofAnybody)).isEmpty();
    }

    @Test
    void anEscalationIsForTheDesk() throws IOException, RejectedEventException {
        ConversationEscalated escalation = ConversationEscalated.read(example("conversation.escalated"));
        NotificationInput told = Notes.of(escalation, "desk").get(0);

        assertThat(told.userId()).isEqualTo("desk");
        assertThat(told.tenant()).isEqualTo(escalation.envelope().tenant());
        assertThat(told.note().priority()).isEqualTo(escalation.priority());
    }

    @Test
    void anAlertIsForWhoeverOwnsTheObjective() throws IOException, RejectedEventException {
        SloAlert alert = SloAlert.read(example("slo.alert"));
        SloAlert ofNobody = SloAlert.read(example("slo.alert", text -> text.replace("\"owner\"", "\"nobody\"")));

        assertThat(Notes.of(alert, "on-call").get(0).userId()).isEqualTo(alert.owner());
        assertThat(Notes.of(ofNobody, "on-call").get(0).userId()).isEqualTo("on-call");
        assertThat(Notes.of(alert, "on-call").get(0).note().priority())
                .isEqualTo(alert.severity() == SloAlert.Severity.PAGE ? Priority.P1 : Priority.P3);
    }

    @Test
    void longTextsAreCutWithoutHalfOfACharacterAndLongLinksLeftOut() throws IOException, RejectedEventException {
        String summary = "x".repeat(Note.MAX_TITLE - 2) + "😀😀";
        String link = "https://example.com/" + "x".repeat(Note.MAX_LINK);
        SourceRecord source = example("conversation.escalated", text -> text.replaceFirst(
                        "\"summary\": *\"[^\"]*\"", "\"summary\":\"" + summary + "\"")
                .replaceFirst("\"link\": *\"[^\"]*\"", "\"link\":\"" + link + "\""));
        Note note = Notes.of(ConversationEscalated.read(source), "desk").get(0).note();

        assertThat(note.title()).isEqualTo("x".repeat(Note.MAX_TITLE - 2) + "…");
        assertThat(note.details()).doesNotContainKey("link");
    }
}
