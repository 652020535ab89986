/** The transport {@code flag}: agents that stand for one of several versions, as a flag says. */
package io.millrace.connectors.agents.version;
