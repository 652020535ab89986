package io.millrace.bench.reminders;

import io.millrace.bench.meter.Percentiles;

/**
 * How a batch was sent.
 *
 * @param perSecond reminders from the first moment to the log time of the last reminder
 * @param perCpuSecond reminders for each second of CPU time of all processes
 * @param lateness from each reminder's moment to its log time, in milliseconds
 */
record Outcome(double perSecond, double perCpuSecond, Percentiles lateness) {}
