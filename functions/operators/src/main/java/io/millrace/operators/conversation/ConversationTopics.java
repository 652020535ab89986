package io.millrace.operators.conversation;

import io.millrace.logic.conversation.ConversationCommand;
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
import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/** Where what conversations decide goes. */
public record ConversationTopics(String commands, String escalations, String updates) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Replies, in which tokens stand for personal data: for the vault. */
    public static final OutputTag<ConversationReply> REPLIES =
            new OutputTag<>("replies", CodecTypeInfo.by(ConversationReplyCodec.class));

    public void carryOut(ConversationCommand command, Outlet<AddressedRecord> outlet) {
        if (command instanceof ConversationCommand.Tell tell) {
            outlet.send(REPLIES, tell.reply());
        } else if (command instanceof ConversationCommand.Run run) {
            WorkflowCommand of = run.command();
            send(outlet, commands, of.runId(), of.toJson(), of.envelope());
        } else if (command instanceof ConversationCommand.Escalate escalate) {
            ConversationEscalated of = escalate.escalation();
            send(outlet, escalations, of.conversationId(), of.toJson(), of.envelope());
        } else if (command instanceof ConversationCommand.Show show) {
            ConversationView of = show.view();
            send(outlet, updates, of.key(), of.toJson(), of.envelope());
        }
    }

    private static void send(
            Outlet<AddressedRecord> outlet, String topic, String key, byte[] value, Envelope envelope) {
        outlet.send(AddressedRecord.to(
                topic, OutboundRecord.of(key, value, envelope.correlationId(), envelope.traceparent())));
    }
}
