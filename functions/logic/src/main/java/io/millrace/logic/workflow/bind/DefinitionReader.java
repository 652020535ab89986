package io.millrace.logic.workflow.bind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.logic.workflow.program.InvalidDefinitionException;
import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.ProgramCompiler;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;

/** Makes programs of definitions as they were published. */
public final class DefinitionReader {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JqFormulas JQ = new JqFormulas();

    private DefinitionReader() {}

    /** @throws RejectedEventException with path and reason when it can't be run */
    public static Program read(WorkflowDefined defined) throws RejectedEventException {
        Program program = program(defined.text());
        requireSame("workflow", defined.workflow(), program.name());
        requireSame("version", defined.version(), program.version());
        return program;
    }

    /** @throws RejectedEventException with path and reason when the text can't be run */
    public static Program program(String text) throws RejectedEventException {
        try {
            JsonNode document = YAML.readTree(text);
            return ProgramCompiler.compile(document, JQ);
        } catch (JsonProcessingException e) {
            throw new RejectedEventException(ErrorCode.INVALID_WORKFLOW, "text: " + e.getOriginalMessage());
        } catch (InvalidDefinitionException e) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_WORKFLOW, "text: " + e.pointer() + ": " + e.getMessage());
        }
    }

    private static void requireSame(String field, String given, String ofText) throws RejectedEventException {
        if (!given.equals(ofText)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_WORKFLOW,
                    field + ": is \"" + given + "\", and the text says \"" + ofText + "\"");
        }
    }
}
