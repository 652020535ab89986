/**
 * Talking to a Flink cluster over its REST API, as any deployment tool would: upload a jar, run it, watch it, stop it with
 * a savepoint. Nothing here starts a cluster.
 */
package io.millrace.local.flink;
