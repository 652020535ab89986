package io.millrace.operators.conversation;

import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowRun;

/** What views of runs say of turns, for the inboxes of their conversations. */
public final class TurnEnds {
    private static final int MAX_ERROR = 1_000;

    private TurnEnds() {}

    /**
     * @return null when the run goes on, or answers no conversation
     * @throws RejectedEventException when the record holds no view of a run
     */
    public static OutboundRecord read(SourceRecord source) throws RejectedEventException {
        WorkflowRun run = WorkflowRun.read(source);
        String conversation = ConversationDecider.answers(run);
        if (conversation == null || !run.state().isEnded()) {
            return null;
        }
        Envelope of = run.envelope();
        TurnEnded ended = new TurnEnded(
                new Envelope(
                        Uuid5.of(of.eventId(), "turn"),
                        "turn.ended",
                        of.occurredAt(),
                        of.tenant(),
                        of.correlationId(),
                        of.traceparent()),
                conversation,
                run.runId(),
                run.state(),
                run.output(),
                error(run),
                run.costMicros());
        return OutboundRecord.of(conversation, ended.toJson(), of.correlationId(), of.traceparent());
    }

    private static String error(WorkflowRun run) {
        WorkflowError error = run.error();
        if (error == null) {
            return null;
        }
        String text = error.instance() + ": " + (error.detail() == null ? error.title() : error.detail());
        return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
    }
}
