package io.millrace.operators.workflow;

import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What people write to the topics of workflows. */
final class WorkflowLog {
    static final String TENANT = "acme";

    private WorkflowLog() {}

    static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.EPOCH, TENANT, null, null);
    }

    static WorkflowDefined defined(String workflow, String version, String text) {
        return new WorkflowDefined(
                envelope("workflow.defined"), workflow, version, WorkflowDefined.digestOf(text), text);
    }

    static SourceRecord record(WorkflowDefined defined) {
        return record(defined.key(), defined.toJson());
    }

    static SourceRecord record(String key, byte[] value) {
        return new SourceRecord(
                "workflow-definitions", 0, 0, 0, key.getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    static WorkflowStart start(String run, String workflow, String version) {
        return new WorkflowStart(
                envelope("workflow.start"), run, workflow, version, "{\"n\":1}", Map.of("team", "a"), null);
    }

    static WorkflowControl cancel(String run) {
        return new WorkflowControl(envelope("workflow.control"), run, WorkflowControl.Action.CANCEL, "ada", null, null);
    }
}
