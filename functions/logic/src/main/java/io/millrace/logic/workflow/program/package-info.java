/**
 * A definition of a workflow, compiled: immutable steps with the expressions in them, found by their JSON pointers. How
 * texts become checked documents is not here, and neither is what a run does with the steps.
 */
package io.millrace.logic.workflow.program;
