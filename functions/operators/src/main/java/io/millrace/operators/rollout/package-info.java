/** Roll-outs: how signals are counted by intervals of the log, and how flags are written no further back than their log is. */
package io.millrace.operators.rollout;
