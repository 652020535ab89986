package io.millrace.local.cli;

import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.util.List;

/** Events of conversations that commands publish. */
final class ConversationEvents {
    private ConversationEvents() {}

    /**
     * As the job will read it, so that what is wrong is said here.
     *
     * @throws CommandFailure when the job would refuse it
     */
    static <T extends ConversationEvent> T checked(T event) {
        try {
            ConversationEvent.read(
                    new SourceRecord(Topics.CONVERSATION_EVENTS, 0, 0, 0, null, event.toJson(), List.of()));
            return event;
        } catch (RejectedEventException e) {
            throw new CommandFailure(e.messageWithoutPlace(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
