/**
 * The agents job under faults: a random history of calls, agents behind HTTP that outlive every fault and keep a record
 * of what they were asked, and a judge who compares both with what is on the topics.
 */
package io.millrace.chaos.agent;
