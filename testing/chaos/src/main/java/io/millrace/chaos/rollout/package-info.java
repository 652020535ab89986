/**
 * Crash runs of the rollout job: roll-outs of flags with the commands of their owners, flags that others change by hand, and services
 * that tell how requests went.
 */
package io.millrace.chaos.rollout;
