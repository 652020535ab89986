/**
 * The transport {@code http}: JSON by POST, and the A2A protocol; and the HTTP client that other transports use too.
 */
package io.millrace.connectors.agents.http;
