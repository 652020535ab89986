/**
 * Agents that answer from documents: {@code knowledge} finds passages, {@code response} makes an answer of their
 * sentences, {@code escalation} hands over to a person. The documents come on a topic and are held in memory; nothing
 * here writes.
 */
package io.millrace.agents.knowledge;
