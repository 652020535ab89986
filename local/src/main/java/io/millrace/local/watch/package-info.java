/** The checkpoints after a release, asked of Prometheus as they become due. docs/watching.md describes them. */
package io.millrace.local.watch;
