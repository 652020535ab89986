/**
 * What is remembered about tasks: the operator that keeps a {@link io.millrace.logic.task.Series} per key and carries
 * out the decisions about it. No rule about tasks lives here; that is the logic module's.
 */
package io.millrace.operators.task;
