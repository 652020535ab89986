/**
 * The auditor of the tasks job. It reads the topics as any consumer could, models from docs/tasks.md what must be on them,
 * and says what is lost, early, twice, wrong or out of order. It shares no code with the job beyond the names and types of
 * the schemas module: a rule that both got from one place could be wrong in both.
 */
package io.millrace.testing.audit;
