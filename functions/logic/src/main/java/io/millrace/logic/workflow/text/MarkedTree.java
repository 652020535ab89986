package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;

/** A document, and where everything in it stands in its text. */
record MarkedTree(JsonNode document, Marks marks) {}
