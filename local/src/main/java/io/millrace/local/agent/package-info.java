/**
 * What people do with agents from the command line: see which are registered, register and remove them, and call them.
 * These are plain Kafka clients that read and write the topics of docs/agents.md, as a client in any language could.
 */
package io.millrace.local.agent;
