/** The tasks job under faults: a random history of tasks, and a judge of what their owners were sent. */
package io.millrace.chaos.task;
