package io.millrace.operators.conversation;

import io.millrace.logic.conversation.ConversationCommand;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.Outlet;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReplyCodec;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl;
import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/** Where what conversations decide goes. */
public record ConversationTopics(String commands, String escalations, String updates) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Turns that began: runs of the workflow. */
    public static final String TURNS_STARTED = "turns_started";
    /** Turns that nobody waits for any more: the customer went on, or a person took over, or the end came. */
    public static final String TURNS_CANCELLED = "turns_cancelled";
    /** Turns that nothing was heard of. */
    public static final String TURNS_TIMED_OUT = "turns_timed_out";
    /** Times that a person was asked. */
    public static final String ESCALATIONS_MADE = "escalations_made";
    /** Of those, the ones that nobody had answered in time. */
    public static final String ESCALATIONS_OVERDUE = "escalations_overdue";
    /** How long customers waited for an answer of agents, by log times. */
    public static final String REPLY_MS = "reply_ms";

    /** Replies, in which tokens stand for personal data: for the vault. */
    public static final OutputTag<ConversationReply> REPLIES =
            new OutputTag<>("replies", CodecTypeInfo.by(ConversationReplyCodec.class));

    public void carryOut(ConversationCommand command, Outlet<AddressedRecord> outlet) {
        if (command instanceof ConversationCommand.Tell tell) {
            outlet.send(REPLIES, tell.reply());
            if (tell.waitedMs() != null) {
                outlet.measure(REPLY_MS, tell.waitedMs());
            }
        } else if (command instanceof ConversationCommand.Run run) {
            WorkflowCommand of = run.command();
            outlet.count(counterOf(of));
            send(outlet, commands, of.runId(), of.toJson(), of.envelope());
        } else if (command instanceof ConversationCommand.Escalate escalate) {
            ConversationEscalated of = escalate.escalation();
            outlet.count(of.level() == 0 ? ESCALATIONS_MADE : ESCALATIONS_OVERDUE);
            send(outlet, escalations, of.conversationId(), of.toJson(), of.envelope());
        } else if (command instanceof ConversationCommand.Show show) {
            ConversationView of = show.view();
            send(outlet, updates, of.key(), of.toJson(), of.envelope());
        }
    }

    private static String counterOf(WorkflowCommand command) {
        if (command instanceof WorkflowControl control) {
            boolean isLate = ConversationDecider.TOOK_TOO_LONG.equals(control.reason());
            return isLate ? TURNS_TIMED_OUT : TURNS_CANCELLED;
        }
        return TURNS_STARTED;
    }

    private static void send(
            Outlet<AddressedRecord> outlet, String topic, String key, byte[] value, Envelope envelope) {
        outlet.send(AddressedRecord.to(
                topic, OutboundRecord.of(key, value, envelope.correlationId(), envelope.traceparent())));
    }
}
