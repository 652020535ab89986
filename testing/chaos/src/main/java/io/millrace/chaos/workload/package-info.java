/**
 * What a crash run needs to know of the job that it is done to: its topics and settings, what is published to it, and
 * who judges what comes of that. One package beside this one for each job.
 */
package io.millrace.chaos.workload;
