/** The audit job under faults: the records of a topic, and the lake as an analyst sees it. */
package io.millrace.chaos.audit;
