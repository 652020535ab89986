/**
 * What upstream services would publish: tasks, as fast as it goes or at a pace. What becomes of them is not looked at
 * here.
 */
package io.millrace.bench.feed;
