package io.millrace.agents.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentContext;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.wire.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code knowledge}: {@code {"query":"…","language":"fr-CA","audience":"customer","top":3}} to {@code {"hits":[…]}}, of the
 * call's tenant. The transport's {@code topic} says where the documents are, by default {@code knowledge-documents}; its
 * name has to end so.
 */
public final class KnowledgeAgent implements Agent {
    private static final int MAX_QUERY = 4_000;
    private static final int MOST = 10;

    private final Clock clock;
    private final Map<String, SharedKnowledge> byTopic = new HashMap<>();
    private AgentContext context = new AgentContext(Map.of());
    private boolean closed;

    /** For {@link java.util.ServiceLoader}. */
    public KnowledgeAgent() {
        this(Clock.systemUTC());
    }

    KnowledgeAgent(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "knowledge";
    }

    @Override
    public void open(AgentContext given) {
        context = given;
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) throws Exception {
        AgentInput input = AgentInput.of(request.input());
        String query = input.beginning("query", MAX_QUERY);
        String language = input.optionalBeginning("language", 20);
        Audience audience = audience(input.optionalBeginning("audience", 20));
        int top = input.number("top", 3, 1, MOST);
        SharedKnowledge knowledge = knowledge(topic(request.settings()));
        List<Hit> hits = knowledge.find(
                request.tenant(),
                new Question(
                        query,
                        language == null || language.isEmpty() ? null : language,
                        audience,
                        top,
                        clock.instant()));
        return CompletableFuture.completedFuture(answer(hits, knowledge.leftOut(request.tenant())));
    }

    private static Audience audience(String named) throws AgentFailure {
        if (named == null || named.equals("customer")) {
            return Audience.CUSTOMER;
        }
        if (named.equals("staff")) {
            return Audience.STAFF;
        }
        throw AgentInput.wrong("audience", "must be customer or staff");
    }

    private static String topic(String settings) throws Exception {
        JsonNode topic = AgentInput.JSON.readTree(settings).path("topic");
        if (topic.isMissingNode() || topic.isNull()) {
            return Topics.KNOWLEDGE_DOCUMENTS;
        }
        // A definition must not have the job read whatever topic there is.
        if (!topic.isTextual() || !topic.textValue().endsWith(Topics.KNOWLEDGE_DOCUMENTS)) {
            throw AgentInput.wrong("transport.topic", "must be a name that ends with " + Topics.KNOWLEDGE_DOCUMENTS);
        }
        return topic.textValue();
    }

    private synchronized SharedKnowledge knowledge(String topic) throws AgentFailure {
        if (context.kafka().isEmpty()) {
            throw AgentFailure.failed(AgentErrorCode.AGENT_FAILED, "the job is told of no Kafka cluster");
        }
        if (closed) {
            throw AgentFailure.retryable(AgentErrorCode.UNREACHABLE, "the agent is closed");
        }
        SharedKnowledge known = byTopic.get(topic);
        if (known == null) {
            known = SharedKnowledge.acquire(context.kafka(), topic);
            byTopic.put(topic, known);
        }
        return known;
    }

    private static String answer(List<Hit> hits, int leftOut) {
        ObjectNode answer = AgentInput.JSON.createObjectNode();
        ArrayNode array = answer.putArray("hits");
        for (Hit hit : hits) {
            ObjectNode one = array.addObject()
                    .put("document_id", hit.documentId())
                    .put("title", hit.title())
                    .put("section", hit.section())
                    .put("text", hit.text())
                    .put("language", hit.language())
                    .put("score", Math.round(hit.score() * 1000) / 1000.0);
            if (hit.url() != null) {
                one.put("url", hit.url());
            }
        }
        if (leftOut > 0) {
            answer.put("documents_left_out", leftOut);
        }
        return answer.toString();
    }

    @Override
    public synchronized void close() {
        closed = true;
        byTopic.values().forEach(SharedKnowledge::release);
        byTopic.clear();
    }
}
