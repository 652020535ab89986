/** What every operator does with records that it can't accept. */
package io.millrace.operators.deadletter;
