/**
 * The auditors of the tasks job and of the agents job. Each reads the topics as any consumer could, models from
 * docs/tasks.md or docs/agents.md what must be on them, and says what is lost, early, twice, wrong, out of order or too
 * dear. They share no code with the jobs beyond the names and types of the schemas module: a rule that both got from
 * one place could be wrong in both.
 */
package io.millrace.auditor;
