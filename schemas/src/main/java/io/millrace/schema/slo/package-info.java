/** How far consumer groups are behind: samples, objectives, verdicts and alerts. */
package io.millrace.schema.slo;
