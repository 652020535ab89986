package io.millrace.connectors.agents.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subjects of services' endpoints, learnt by asking any instance of the service, {@code $SRV.INFO.<name>} (ADR-32).
 */
final class NatsServices {
    private static final Logger LOG = LoggerFactory.getLogger(NatsServices.class);
    private static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());
    private static final int MAX_KNOWN = 1_000;

    private final Map<NatsAgent, String> subjects = new ConcurrentHashMap<>();

    /** Null when it has to be asked for. */
    String known(NatsAgent agent) {
        return subjects.get(agent);
    }

    void forget(NatsAgent agent) {
        subjects.remove(agent);
    }

    /** The subject on which the service says what it has. */
    static String question(NatsAgent agent) {
        return "$SRV.INFO." + agent.service();
    }

    /**
     * The endpoint's subject by what the service says; null when it has no such endpoint, or none that requests may go
     * to.
     */
    String learn(NatsAgent agent, byte[] info) {
        String subject = subject(agent, info);
        if (subject != null && !NatsAgent.isSubject(subject)) {
            // Not the subject itself: anybody may answer for a service, and say anything.
            LOG.warn("service {} of NATS names a subject that requests cannot go to", agent.service());
            return null;
        }
        if (subject != null) {
            if (subjects.size() >= MAX_KNOWN) {
                subjects.clear();
            }
            subjects.put(agent, subject);
        }
        return subject;
    }

    private static String subject(NatsAgent agent, byte[] info) {
        try {
            for (JsonNode endpoint : JSON.readTree(info).path("endpoints")) {
                boolean wanted = agent.endpoint() == null
                        || agent.endpoint().equals(endpoint.path("name").asText());
                if (wanted && endpoint.path("subject").isTextual()) {
                    return endpoint.path("subject").textValue();
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
