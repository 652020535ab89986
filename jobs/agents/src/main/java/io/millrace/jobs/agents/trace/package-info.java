/**
 * What became of calls and attempts, as spans of traces and as lines of the log. Nothing here decides anything, and
 * nothing here may hold up or fail the job. Names, codes, counts and times only: no inputs, outputs, messages or
 * credentials.
 */
package io.millrace.jobs.agents.trace;
