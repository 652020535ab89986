/** Checks values by JSON Schemas that others wrote, at a cost that is bounded whatever they are. */
package io.millrace.logic.agent.schema;
