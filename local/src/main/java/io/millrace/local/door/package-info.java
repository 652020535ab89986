/**
 * Who reaches what of the local platform: the rule at the door of Flink's REST API and its token, metrics on the
 * loopback interface only, and files that are their owner's. How the platform starts lives elsewhere.
 */
package io.millrace.local.door;
