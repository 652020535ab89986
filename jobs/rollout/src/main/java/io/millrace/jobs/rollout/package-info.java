/** The rollout job. */
package io.millrace.jobs.rollout;
