/**
 * What a conversation with a customer does: when messages make a turn, what becomes of the turn's run, when a person has to
 * answer, what is remembered. How a turn is answered is a workflow's; personal data is not seen here, see the vault.
 */
package io.millrace.logic.conversation;
