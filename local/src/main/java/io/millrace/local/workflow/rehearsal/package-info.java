/**
 * Workflows tried without a platform: the tests that somebody wrote beside a definition, and the engine of the workflows
 * job, which plays them with answers that are written down, in a time that passes by itself.
 */
package io.millrace.local.workflow.rehearsal;
