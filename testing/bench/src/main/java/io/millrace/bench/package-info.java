/**
 * Side-by-side measurements: contestants run in turn on the same broker and data. What is measured, and how to repeat
 * it, is in docs/performance.md.
 */
package io.millrace.bench;
