package io.millrace.schema.workflow;

import io.millrace.schema.event.EventTypes;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/** What whoever runs workflows wants of a run. */
public sealed interface WorkflowCommand permits WorkflowStart, WorkflowControl, WorkflowSignal {

    Envelope envelope();

    String runId();

    byte[] toJson();

    /** @throws RejectedEventException when the record holds none */
    static WorkflowCommand read(SourceRecord source) throws RejectedEventException {
        return Types.ALL.read(source);
    }

    /** Made when it is first needed: the commands know the interface. */
    final class Types {
        private static final EventTypes<WorkflowCommand> ALL = EventTypes.of(WorkflowCommand.class);

        private Types() {}
    }
}
