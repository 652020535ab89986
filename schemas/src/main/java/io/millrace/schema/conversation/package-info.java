/**
 * Conversations with customers: what is said, what comes to a conversation, what it tells. What is decided about them is
 * in the logic.
 */
package io.millrace.schema.conversation;
