/**
 * The transport {@code in-process}: agents written in Java on the job's own classpath, and those that come with
 * Millrace.
 */
package io.millrace.connectors.agents.java;
