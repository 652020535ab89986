/**
 * Roll-outs of flags: when one goes on, what ends it, and what it does to the flag. What is evidence against a release is told
 * by {@link io.millrace.logic.rollout.Bets}; when a roll-out does what, by {@code RolloutLifecycle}.
 */
package io.millrace.logic.rollout;
