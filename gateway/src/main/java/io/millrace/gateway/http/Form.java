package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What the body of a request may be: a JSON object with these fields. What each may be, the reader of the event says that
 * becomes of it.
 *
 * @param schema JSON Schema of the object; {@code #/components/schemas/…} are its references
 * @param fields the names; there are no others
 * @param required those that must be there
 * @param example of a body
 * @param maxBytes the largest body
 */
public record Form(ObjectNode schema, Set<String> fields, List<String> required, ObjectNode example, int maxBytes) {}
