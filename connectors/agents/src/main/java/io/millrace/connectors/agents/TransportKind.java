package io.millrace.connectors.agents;

import io.millrace.connectors.agents.http.HttpAgent;
import io.millrace.connectors.agents.http.HttpTransport;
import io.millrace.connectors.agents.java.InProcessAgent;
import io.millrace.connectors.agents.java.InProcessTransport;
import io.millrace.connectors.agents.llm.LlmAgent;
import io.millrace.connectors.agents.llm.LlmTransport;
import io.millrace.connectors.agents.nats.NatsAgent;
import io.millrace.connectors.agents.nats.NatsTransport;
import io.millrace.connectors.agents.topic.TopicAgent;
import io.millrace.connectors.agents.topic.TopicTransport;
import io.millrace.connectors.agents.version.VersionTransport;
import io.millrace.schema.agent.AgentVersions;
import java.util.Map;

/**
 * The table of transports: a further one is a class and a line here.
 *
 * @param settings reads what a definition says of an agent of this kind
 * @param opener makes the transport
 */
record TransportKind(SettingsReader<?> settings, Opener opener) {
    static final Map<String, TransportKind> ALL = Map.of(
            AgentVersions.KIND,
            new TransportKind(AgentVersions::read, context -> new VersionTransport()),
            "http",
            new TransportKind(HttpAgent::read, HttpTransport::new),
            "in-process",
            new TransportKind(InProcessAgent::read, InProcessTransport::new),
            "llm",
            new TransportKind(LlmAgent::read, LlmTransport::new),
            "nats",
            new TransportKind(NatsAgent::read, NatsTransport::new),
            "topic",
            new TransportKind(TopicAgent::read, TopicTransport::new));

    /** Makes a transport for one task. */
    @FunctionalInterface
    interface Opener {
        AgentTransport open(TransportContext context);
    }
}
