/**
 * Events that are declared once, as records: reader, writer and JSON Schema follow. For what does not come by the tens of
 * thousands a second; the readers of task events and of calls are written by hand.
 */
package io.millrace.schema.event;
