/** What the audit keeps of a record, and how its rows are chained so that none can be altered or taken out unnoticed. */
package io.millrace.logic.audit;
