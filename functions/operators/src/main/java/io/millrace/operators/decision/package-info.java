/** Hosts the decisions of the logic: a keyed state, its wake-up, and what is carried out, once for all jobs. */
package io.millrace.operators.decision;
