/**
 * What broken and hostile producers write: task events with something wrong in their bytes, structure, values, or
 * CloudEvents envelope. The same seed makes the same inputs. What becomes of them is for the caller to check.
 */
package io.millrace.testing.fuzz;
