/** The transport {@code nats}: request and reply, services discovered by name. */
package io.millrace.connectors.agents.nats;
