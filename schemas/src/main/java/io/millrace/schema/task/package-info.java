/**
 * What travels on the task topics: {@link io.millrace.schema.task.TaskEvent} in, {@link
 * io.millrace.schema.task.Reminder} and {@link io.millrace.schema.task.TaskView} out, with their JSON readers and
 * writers. No rule about what an event does to a task lives here; that is the logic module's.
 */
package io.millrace.schema.task;
