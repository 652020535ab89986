package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;

/**
 * A workflow as somebody wrote it down.
 *
 * @param digest see {@link #digestOf}
 */
@Event(
        type = "workflow.defined",
        description =
                "A version of a workflow. Once published it stays as it is: another text under the same name and version is"
                        + " refused. The key is `tenant/workflow/version/digest`.",
        id = "uuid5 of tenant, workflow, version and digest, when the command line published it; else any.",
        maxBytes = WorkflowDefined.MAX_BYTES)
public record WorkflowDefined(
        Envelope envelope,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION) String version,
        @Field(
                        title = "Digest",
                        description = "SHA-256 of the text in UTF-8, 64 hexadecimal digits in small letters.",
                        min = 64,
                        max = 64,
                        example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
                String digest,
        @Field(
                        title = "Text",
                        description = "The document in the DSL of Serverless Workflow, as YAML or JSON.",
                        min = 1,
                        max = WorkflowDefined.MAX_TEXT,
                        example = "\"document:\\n  dsl: '1.0.3'\\n\"")
                String text) {

    public static final int MAX_TEXT = 256 * 1024;
    /** Room for a text whose lines and quotes are escaped, and for what is longer than a byte in UTF-8. */
    public static final int MAX_BYTES = 640 * 1024;

    private static final EventType<WorkflowDefined> TYPE = EventType.of(WorkflowDefined.class);

    /** @throws IllegalArgumentException when the digest is not that of the text */
    public WorkflowDefined {
        if (text != null && !digestOf(text).equals(digest)) {
            throw new IllegalArgumentException("digest: is not that of the text, which is " + digestOf(text));
        }
    }

    /** @throws RejectedEventException when the record holds none */
    public static WorkflowDefined read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The key of its record: with the digest, so that compaction never puts another text in the place of this one. */
    public String key() {
        return envelope.tenant() + '/' + workflow + '/' + version + '/' + digest;
    }

    public static String digestOf(String text) {
        return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
