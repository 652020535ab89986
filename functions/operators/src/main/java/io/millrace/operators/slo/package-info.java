/** How late consumer groups are: which objectives are for whom, and how what is decided is told and measured. */
package io.millrace.operators.slo;
