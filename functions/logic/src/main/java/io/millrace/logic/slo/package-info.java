/** How late consumer groups are, by samples of their offsets: verdicts, error budgets, and alerts. */
package io.millrace.logic.slo;
