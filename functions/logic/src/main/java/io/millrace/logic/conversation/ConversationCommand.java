package io.millrace.logic.conversation;

import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.workflow.WorkflowCommand;

/** What is to be carried out for a conversation. */
public sealed interface ConversationCommand {

    /** A turn's run is to be started or cancelled. */
    record Run(WorkflowCommand command) implements ConversationCommand {}

    /**
     * The customer is to be told; personal data is still tokens.
     *
     * @param waitedMs how long the customer had waited for it; null when it answers nothing
     */
    record Tell(ConversationReply reply, Long waitedMs) implements ConversationCommand {}

    record Escalate(ConversationEscalated escalation) implements ConversationCommand {}

    /** How the conversation is now. */
    record Show(ConversationView view) implements ConversationCommand {}
}
