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
    static final int OWN_RECORD_BYTES = 1 << 20;

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
                config.kafka()
                        .sink(
                                config.outcomes().topic(),
                                config.outcomes().delivery(),
                                config.transactionalIdPrefix() + "-" + AgentsUids.OUTCOMES_SINK,
                                config.transactionTimeout(),
                                LINGER,
                                OWN_RECORD_BYTES),
                deadLetters(config, config.callDeadLetters(), AgentsUids.CALLS_DLQ),
                deadLetters(config, config.registryDeadLetters(), AgentsUids.REGISTRY_DLQ),
                deadLetters(config, config.outcomeDeadLetters(), AgentsUids.OUTCOMES_DLQ));
    }

    private static Sink<OutboundRecord> deadLetters(AgentsConfig config, Destination destination, String uid) {
        return config.kafka()
                .deadLetterSink(
                        destination.topic(),
                        destination.delivery(),
                        config.transactionalIdPrefix() + "-" + uid,
                        config.transactionTimeout(),
                        LINGER,
                        config.maxRecordBytes());
    }
}
