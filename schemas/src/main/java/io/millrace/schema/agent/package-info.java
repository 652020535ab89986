/**
 * Calls of agents on the wire: {@code agent.call} and {@code agent.result}, the definitions on {@code agent-registry},
 * and what passes between the parts of the agents job, attempts and their outcomes. Records, readers, writers and
 * binary codecs; what is done with them is the logic's.
 */
package io.millrace.schema.agent;
