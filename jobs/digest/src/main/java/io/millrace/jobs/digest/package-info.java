/** The digest job: the smallest there is. docs/writing-jobs.md walks through it. */
package io.millrace.jobs.digest;
