package io.millrace.operators.workflow;

import io.millrace.logic.workflow.RunCommand;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.OutboundRecord;

/** What commands of runs mean: the record of each. */
final class RunOutputs {
    private final RunTopics topics;
    private final AgentCalls calls;

    RunOutputs(RunTopics topics, AgentCalls calls) {
        this.topics = topics;
        this.calls = calls;
    }

    AddressedRecord of(RunCommand command) {
        if (command instanceof RunCommand.Call call) {
            AgentCall made = calls.of(call);
            return AddressedRecord.to(
                    topics.calls(),
                    OutboundRecord.of(
                            made.callKey(), AgentCallWriter.write(made), made.correlationId(), made.traceparent()));
        } else if (command instanceof RunCommand.Ask ask) {
            return record(
                    topics.requests(),
                    ask.request().runId(),
                    ask.request().toJson(),
                    ask.request().envelope());
        } else if (command instanceof RunCommand.StartRun start) {
            return record(
                    topics.commands(),
                    start.start().runId(),
                    start.start().toJson(),
                    start.start().envelope());
        } else if (command instanceof RunCommand.CancelRun cancel) {
            return record(
                    topics.commands(),
                    cancel.control().runId(),
                    cancel.control().toJson(),
                    cancel.control().envelope());
        } else if (command instanceof RunCommand.Emit emit) {
            return record(
                    topics.emitted(),
                    emit.emitted().runId(),
                    emit.emitted().toJson(),
                    emit.emitted().envelope());
        } else if (command instanceof RunCommand.Continue slice) {
            return record(
                    topics.inbox(),
                    slice.slice().runId(),
                    slice.slice().toJson(),
                    slice.slice().envelope());
        } else if (command instanceof RunCommand.Return end) {
            return record(
                    topics.inbox(),
                    end.end().runId(),
                    end.end().toJson(),
                    end.end().envelope());
        } else if (command instanceof RunCommand.Signal told) {
            return record(
                    topics.signals(),
                    told.signal().flag(),
                    told.signal().toJson(),
                    told.signal().envelope());
        } else if (command instanceof RunCommand.Tell tell) {
            return record(
                    topics.events(),
                    tell.event().runId(),
                    tell.event().toJson(),
                    tell.event().envelope());
        } else if (command instanceof RunCommand.Show show) {
            return record(
                    topics.runs(),
                    show.view().key(),
                    show.view().toJson(),
                    show.view().envelope());
        }
        throw new IllegalArgumentException("no output for " + command);
    }

    private static AddressedRecord record(String topic, String key, byte[] value, Envelope envelope) {
        return AddressedRecord.to(
                topic, OutboundRecord.of(key, value, envelope.correlationId(), envelope.traceparent()));
    }
}
