/** Reads logs of the local platform and of clusters, for {@code ./millrace logs}. */
package io.millrace.local.logs;
