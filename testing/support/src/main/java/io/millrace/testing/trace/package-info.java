/** A collector of traces that keeps what it is sent, for tests to look at. */
package io.millrace.testing.trace;
