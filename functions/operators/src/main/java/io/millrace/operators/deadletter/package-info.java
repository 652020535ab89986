/** Bytes to events: what every operator does that reads records, and with those that it can't accept. */
package io.millrace.operators.deadletter;
