/** What must be true of every job, as tests that each job inherits. */
package io.millrace.testing.jobs;
