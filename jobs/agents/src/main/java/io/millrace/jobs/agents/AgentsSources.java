package io.millrace.jobs.agents;

import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.connector.source.Source;

/** Where the agents job reads. Their watermarks say how far each was read. */
record AgentsSources(
        Source<SourceRecord, ?, ?> calls, Source<SourceRecord, ?, ?> registry, Source<SourceRecord, ?, ?> outcomes) {

    static AgentsSources kafka(AgentsConfig config) {
        return new AgentsSources(
                source(config, config.calls().topic()),
                config.kafka().sourceOfAll(config.registry().topic(), config.groupId(), config.inputClockMaxHold()),
                source(config, config.outcomes().topic()));
    }

    private static Source<SourceRecord, ?, ?> source(AgentsConfig config, String topic) {
        return config.kafka().source(topic, config.groupId(), config.inputClockMaxHold());
    }
}
