/** Objectives and statuses of consumer groups, as the topics of the slo job have them. */
package io.millrace.local.slo;
