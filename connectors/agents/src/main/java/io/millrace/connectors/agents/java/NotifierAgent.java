package io.millrace.connectors.agents.java;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.wire.IsolatedJson;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code notifier}: posts its input to the webhook that {@code url} of its transport says, with {@code headers} as the
 * transport {@code http} has them; without a {@code url} it writes a line to the log, which says who was notified and
 * not of what.
 */
public final class NotifierAgent implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(NotifierAgent.class);
    private static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());

    @Override
    public String name() {
        return "notifier";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws JsonProcessingException {
        ObjectNode settings = (ObjectNode) JSON.readTree(request.settings());
        if (!settings.hasNonNull("url")) {
            LOG.info(
                    "notification of agent {} for tenant {}, key {}, {} characters",
                    request.agent(),
                    request.tenant(),
                    request.idempotencyKey(),
                    request.input().length());
            return CompletableFuture.completedFuture("{\"delivered\":\"log\"}");
        }
        settings.put("kind", "http").put("protocol", "json").put("output", "status");
        CompletableFuture<AgentAnswer> post = request.ask(new Transport("http", settings.toString()), request.input());
        return Delegation.map(post, output -> "{\"delivered\":\"webhook\"}");
    }
}
