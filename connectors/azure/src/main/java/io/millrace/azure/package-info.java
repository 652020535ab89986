/** Tokens for Hadoop's file system of Azure. Nothing of Flink, and nothing of Millrace. */
package io.millrace.azure;
