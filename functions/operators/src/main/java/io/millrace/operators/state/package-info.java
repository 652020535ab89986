/** Keyed state as operators use it. */
package io.millrace.operators.state;
