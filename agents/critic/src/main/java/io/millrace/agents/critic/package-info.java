/**
 * The agent {@code critic}: what a customer, a document or an answer says is passed or refused. How a conversation goes on after a
 * refusal is the workflow's.
 */
package io.millrace.agents.critic;
