/** How long the tasks job is away when its TaskManager is killed under load. */
package io.millrace.bench.recovery;
