/**
 * The tasks job: {@link io.millrace.jobs.tasks.TasksPipeline} is its graph, {@link io.millrace.jobs.tasks.TasksJob} its
 * main. What it decides and remembers is in the logic and operators modules.
 */
package io.millrace.jobs.tasks;
