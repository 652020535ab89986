/**
 * Tables of the lake: which catalog they are in, how rows become files, and how files become part of a table, once each.
 * What rows mean is decided elsewhere.
 */
package io.millrace.connectors.lakehouse;
