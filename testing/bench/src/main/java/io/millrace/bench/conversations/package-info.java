/** Conversations, measured: their turns through all jobs, and how much many of them take. */
package io.millrace.bench.conversations;
