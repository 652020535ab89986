/**
 * Timers that fire by the wall clock but never ahead of the log, in slices short enough to let records and checkpoint
 * barriers through. Knows nothing of what the timers mean.
 */
package io.millrace.operators.timer;
