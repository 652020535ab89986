package io.millrace.agents.knowledge;

import io.millrace.agents.embeddings.Embeddings;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The index of a topic in this process: begun by the first that asks for it, ended when the last has closed it. */
final class SharedKnowledge {
    /** Of how many topics at a time: each is held in memory. */
    static final int MOST_TOPICS = 4;

    private static final Map<Source, SharedKnowledge> ALL = new HashMap<>();
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private record Source(Map<String, String> client, String topic) {}

    private final Source source;
    private final Embeddings embeddings = new Embeddings();
    private final KnowledgeIndex index = new KnowledgeIndex(KnowledgeIndex.Bounds.DEFAULTS, embeddings::of);
    private final DocumentReader reader;
    private int users;

    private SharedKnowledge(Source source) {
        this.source = source;
        this.reader = DocumentReader.start(source.client(), source.topic(), index);
    }

    /**
     * To be released by whoever calls this.
     *
     * @throws AgentFailure when there are too many
     */
    static SharedKnowledge acquire(Map<String, String> client, String topic) throws AgentFailure {
        synchronized (ALL) {
            Source source = new Source(client, topic);
            SharedKnowledge shared = ALL.get(source);
            if (shared == null) {
                if (ALL.size() >= MOST_TOPICS) {
                    throw AgentFailure.failed(
                            AgentErrorCode.AGENT_REJECTED,
                            "transport.topic: documents of " + MOST_TOPICS + " other topics are held already");
                }
                shared = new SharedKnowledge(source);
                ALL.put(source, shared);
            }
            shared.users++;
            return shared;
        }
    }

    void release() {
        synchronized (ALL) {
            if (--users > 0) {
                return;
            }
            ALL.remove(source);
        }
        reader.close();
        index.close();
        embeddings.close();
    }

    /** @throws AgentFailure until all documents that there were at first are known */
    List<Hit> find(String tenant, Question question) throws AgentFailure {
        if (reader.problem() != null) {
            throw AgentFailure.failed(AgentErrorCode.AGENT_FAILED, reader.problem());
        }
        if (!reader.isReady()) {
            throw AgentFailure.retryable(AgentErrorCode.OVERLOADED, "the documents are being read")
                    .retryAfter(AGAIN);
        }
        return index.find(tenant, question);
    }

    int leftOut(String tenant) {
        return index.leftOut(tenant);
    }
}
