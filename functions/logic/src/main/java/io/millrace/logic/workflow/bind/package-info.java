/**
 * What a run is bound to when it starts: a version of a workflow, and what is known of the agents that it names. What is
 * bound is written to the run's inbox, so that the run is a function of the log whatever arrives later.
 */
package io.millrace.logic.workflow.bind;
