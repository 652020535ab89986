/**
 * The whole platform in one process: data directory, Kafka broker, Flink cluster with its dashboard, and the jobs, each
 * submitted from its own jar as to any Flink cluster and resumed from its newest state. What is printed about it,
 * sample traffic and commands live elsewhere.
 */
package io.millrace.local.platform;
