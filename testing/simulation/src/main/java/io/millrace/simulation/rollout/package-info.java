/**
 * Roll-outs of known truth: how often each rule takes back a release that is no worse, how often it lets one pass that is, and
 * how long it takes.
 */
package io.millrace.simulation.rollout;
