package io.millrace.logic.conversation;

/** What becomes of what comes to a conversation. */
public enum ConversationEffect {
    APPLIED,
    /** A turn ended, and the customer has its answer. */
    ANSWERED,
    /** A turn ended, and a person is to answer. */
    HANDED_OVER,
    /** A turn ended and came to nothing. */
    TURN_FAILED,
    /** It came before. */
    REPEATED,
    /** A turn ended that is not waited for any more: what it says is nobody's. */
    WITHHELD,
    /** Of a turn that nothing is known of, or of a conversation that is not known. */
    STALE,
    /** Nothing was said. */
    EMPTY
}
