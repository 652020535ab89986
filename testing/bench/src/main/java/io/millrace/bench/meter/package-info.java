/** What measurements are read from: topics, and the CPU time of processes. What is measured is not decided here. */
package io.millrace.bench.meter;
