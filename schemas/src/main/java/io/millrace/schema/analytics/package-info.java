/**
 * Figures: what is counted, in which tables, and the event that tells one row of them. What counts for what is decided
 * elsewhere.
 */
package io.millrace.schema.analytics;
