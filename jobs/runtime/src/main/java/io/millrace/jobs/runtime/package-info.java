/** What the jobs share: how one is configured, and the environment it is built in. Knows no particular job. */
package io.millrace.jobs.runtime;
