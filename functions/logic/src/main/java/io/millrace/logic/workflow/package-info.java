/**
 * What a run of a workflow does: {@code (run, input, time) → (run', commands)}. A run is its frames, one for each step
 * that has begun and not ended, each of which knows the one around it; nothing is kept of steps that ended, and nothing
 * recurs, however long a run goes on. {@code program} holds what it runs.
 */
package io.millrace.logic.workflow;
