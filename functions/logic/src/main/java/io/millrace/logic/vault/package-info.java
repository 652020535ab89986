/**
 * The vault of a conversation: what its tokens stand for, under a key of its own that can be thrown away. Knows no topic
 * and no events: whoever asks it says what is free text. Where keys are kept is behind {@link
 * io.millrace.logic.vault.ConversationKeys}, what wraps them behind {@link io.millrace.logic.vault.MasterKey}.
 */
package io.millrace.logic.vault;
