/** NATS for tests: a real server as a process. */
package io.millrace.testing.nats;
