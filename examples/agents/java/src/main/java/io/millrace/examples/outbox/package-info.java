/** An agent in Java that runs in the job's own process. */
package io.millrace.examples.outbox;
