package io.millrace.jobs.agents;

import io.millrace.schema.wire.SourceRecord;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the agents job reads. Their watermarks say how far each was read.
 *
 * @param tenantCalls calls of tenants that are bound to a topic, by tenant
 */
record AgentsSources(
        Source<SourceRecord, ?, ?> calls,
        SortedMap<String, Source<SourceRecord, ?, ?>> tenantCalls,
        Source<SourceRecord, ?, ?> registry,
        Source<SourceRecord, ?, ?> outcomes) {

    static AgentsSources kafka(AgentsConfig config) {
        SortedMap<String, Source<SourceRecord, ?, ?>> tenantCalls = new TreeMap<>();
        config.tenants().bound().forEach((tenant, topic) -> tenantCalls.put(tenant, source(config, topic)));
        return new AgentsSources(
                source(config, config.calls().topic()),
                tenantCalls,
                config.kafka().sourceOfAll(config.registry().topic(), config.groupId(), config.inputClockMaxHold()),
                source(config, config.outcomes().topic()));
    }

    private static Source<SourceRecord, ?, ?> source(AgentsConfig config, String topic) {
        return config.kafka().source(topic, config.groupId(), config.inputClockMaxHold());
    }
}
