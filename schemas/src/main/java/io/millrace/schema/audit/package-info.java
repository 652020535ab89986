/** What the audit keeps of a record of a topic: a row of the table {@code audit.events}. */
package io.millrace.schema.audit;
