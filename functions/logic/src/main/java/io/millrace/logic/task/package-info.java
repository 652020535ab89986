/**
 * What is decided about tasks: {@link io.millrace.logic.task.TaskDecider} takes the state of a series, an event or a
 * due moment, and gives the next state and commands. Pure: no clock, no random, no I/O. How occurrences follow from a
 * rule is the {@code recurrence} package's; how state is kept and timers fire is the operators module's.
 */
package io.millrace.logic.task;
