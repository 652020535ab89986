package io.millrace.logic.conversation;

import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.workflow.WorkflowCommand;

/** What is to be carried out for a conversation. */
public sealed interface ConversationCommand {

    /** A turn's run is to be started or cancelled. */
    record Run(WorkflowCommand command) implements ConversationCommand {}

    /** The customer is to be told; personal data is still tokens. */
    record Tell(ConversationReply reply) implements ConversationCommand {}

    record Escalate(ConversationEscalated escalation) implements ConversationCommand {}

    /** How the conversation is now. */
    record Show(ConversationView view) implements ConversationCommand {}
}
