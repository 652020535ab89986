/**
 * Conversations: the vault, which keeps personal data out of what is decided, and the conversations of customers, so that
 * they can be erased. Where keys are read from is for the job to say.
 */
package io.millrace.operators.conversation;
