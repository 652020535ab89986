package io.millrace.logic.conversation;

/** What becomes of what comes to a conversation. */
public enum ConversationEffect {
    APPLIED,
    /** It came before. */
    REPEATED,
    /** Of a turn that is not waited for any more, or of a conversation that is not known. */
    STALE,
    /** Nothing was said. */
    EMPTY
}
