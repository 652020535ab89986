package io.millrace.jobs.agents;

import io.millrace.connectors.kafka.Destination;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the agents job writes. */
record AgentsSinks(
        Sink<AddressedRecord> results,
        Sink<OutboundRecord> outcomes,
        Sink<OutboundRecord> callDeadLetters,
        Sink<OutboundRecord> registryDeadLetters,
        Sink<OutboundRecord> outcomeDeadLetters) {

    /** More than an answer, or an input, of the largest size with everything around it. */
    private static final int OWN_RECORD_BYTES = 1 << 20;

    /** Whoever waits for an answer waits for this twice, and the broker has a request for all that came meanwhile. */
    private static final Duration LINGER = Duration.ofMillis(1);

    static AgentsSinks kafka(AgentsConfig config) {
        return new AgentsSinks(
                config.kafka()
                        .addressedSink(
                                config.results().delivery(),
                                config.transactionalIdPrefix() + "-" + AgentsUids.RESULTS_SINK,
                                config.transactionTimeout(),
                                LINGER,
                                OWN_RECORD_BYTES),
                sink(config, config.outcomes(), AgentsUids.OUTCOMES_SINK, OWN_RECORD_BYTES),
                sink(config, config.callDeadLetters(), AgentsUids.CALLS_DLQ, config.maxRecordBytes()),
                sink(config, config.registryDeadLetters(), AgentsUids.REGISTRY_DLQ, config.maxRecordBytes()),
                sink(config, config.outcomeDeadLetters(), AgentsUids.OUTCOMES_DLQ, config.maxRecordBytes()));
    }

    private static Sink<OutboundRecord> sink(
            AgentsConfig config, Destination destination, String uid, int maxRecordBytes) {
        return config.kafka()
                .sink(
                        destination.topic(),
                        destination.delivery(),
                        config.transactionalIdPrefix() + "-" + uid,
                        config.transactionTimeout(),
                        LINGER,
                        maxRecordBytes);
    }
}
