/**
 * Workflows: definitions, commands, what comes to a run's inbox, what a run tells. What is decided about them is in the
 * logic.
 */
package io.millrace.schema.workflow;
