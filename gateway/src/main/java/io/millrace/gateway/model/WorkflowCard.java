package io.millrace.gateway.model;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.JsonWriter;
import io.millrace.schema.workflow.WorkflowDefined;

/** What whoever starts a workflow is told of it. */
final class WorkflowCard {

    private WorkflowCard() {}

    static byte[] of(WorkflowDefined defined, Program program) {
        JsonNode document = program.document().path("document");
        JsonNode schema = program.document().at("/input/schema/document");
        return JsonWriter.object(out -> {
            JsonWriter.text(out, name("workflow"), defined.workflow());
            JsonWriter.text(out, name("version"), defined.version());
            JsonWriter.text(out, name("digest"), defined.digest());
            JsonWriter.text(out, name("title"), document.path("title").textValue());
            JsonWriter.text(out, name("summary"), document.path("summary").textValue());
            JsonWriter.json(out, name("input_schema"), schema.isObject() ? schema.toString() : null);
            JsonWriter.texts(out, name("agents"), program.agents().stream().toList());
            JsonWriter.time(out, name("published_at"), defined.envelope().occurredAt().toEpochMilli());
        });
    }
}
