/**
 * What people do with topics from the command line: publish validated lines, follow records, put dead letters back, see
 * sizes and lag. These are plain Kafka clients that work against any broker.
 */
package io.millrace.local.topic;
