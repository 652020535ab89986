/** What the workflows job remembers: definitions, starts that wait for theirs, runs. */
package io.millrace.operators.workflow;
