/**
 * What people do with the lake from a terminal: query it and verify it. A program of its own, so that no other command
 * carries a query engine.
 */
package io.millrace.lake;
