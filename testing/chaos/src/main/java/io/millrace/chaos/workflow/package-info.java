/**
 * Runs of workflows under faults: what starts, disturbs and decides them, who answers them, and the judge, who replays
 * the inbox of all runs in plain Java.
 */
package io.millrace.chaos.workflow;
