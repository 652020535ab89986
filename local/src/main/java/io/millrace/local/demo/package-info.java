/**
 * What {@code millrace demo} adds to the platform: the task events of a small company's day, run fast, its
 * calls of agents, and the numbers
 * people watch meanwhile. The numbers are read from the topics and the job's metrics, never from the traffic's own
 * books.
 */
package io.millrace.local.demo;
