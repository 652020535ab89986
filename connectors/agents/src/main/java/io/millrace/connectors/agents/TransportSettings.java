package io.millrace.connectors.agents;

import io.millrace.connectors.agents.http.Egress;
import io.millrace.schema.wire.Topics;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the job's configuration says of transports. Holds names of secrets, and no secrets but what is in {@link
 * Kafka#client}.
 *
 * @param secretsDirectory where the files of secrets are; null for none
 * @param userAgent what HTTP servers are told is calling
 * @param egress where requests to what definitions name may go
 */
public record TransportSettings(
        String secretsDirectory, String userAgent, Egress egress, Llm llm, Nats nats, Kafka kafka, InProcess inProcess)
        implements Serializable {

    /** Nothing but HTTP on the internet and the agents in this process. */
    public static final TransportSettings DEFAULTS = new TransportSettings(
            null, "millrace", Egress.INTERNET, Llm.NONE, Nats.NONE, Kafka.NONE, new InProcess(4, 10_000));

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Whether the host of a URL is this machine itself, to which nothing has to be encrypted. Null for none. */
    public static boolean isThisMachine(String host) {
        return host != null && LOCAL.contains(host);
    }

    /** Not itself in messages: it may contain what does not belong there. */
    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }

    /** Whose form of the API an LLM service speaks. */
    public enum LlmApi {
        /** {@code …/openai/deployments/<deployment>/…}, header {@code api-key}. */
        AZURE,
        /** {@code …/chat/completions} with the model in the body, header {@code Authorization: Bearer}. */
        OPENAI
    }

    /** How an LLM service knows who calls. */
    public enum LlmCredential {
        NONE,
        /** A key, which is a secret. */
        KEY,
        /** The managed identity of the machine; only for {@link LlmApi#AZURE}. */
        MANAGED_IDENTITY
    }

    /**
     * The LLM service.
     *
     * @param endpoint an https URL; http only for this machine itself. Null when there is none
     * @param deployment for agents that name none; may be null
     * @param keySecret name of the secret; only for {@link LlmCredential#KEY}, else null
     * @param identityClientId of a user-assigned managed identity; null for the system's
     */
    public record Llm(
            String endpoint,
            LlmApi api,
            String deployment,
            LlmCredential credential,
            String keySecret,
            String identityClientId)
            implements Serializable {
        public static final Llm NONE = new Llm(null, LlmApi.AZURE, null, LlmCredential.NONE, null, null);

        public Llm {
            if (endpoint != null) {
                requireSecure(endpoint);
            }
            if (credential == LlmCredential.KEY && (keySecret == null || !Secrets.isName(keySecret))) {
                throw new IllegalArgumentException("the LLM service's key has to be the name of a secret");
            }
            if (credential == LlmCredential.MANAGED_IDENTITY && api != LlmApi.AZURE) {
                throw new IllegalArgumentException("a managed identity is for Azure OpenAI only");
            }
        }

        private static void requireSecure(String endpoint) {
            URI uri = parsed(endpoint);
            boolean local = LOCAL.contains(String.valueOf(uri.getHost()));
            boolean secure = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && local;
            if (!secure || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw new IllegalArgumentException("the LLM service's endpoint must be an https URL without user"
                        + " information and query (http only for this machine itself)");
            }
        }
    }

    /**
     * The NATS servers.
     *
     * @param servers URLs, none when there are no servers; without user information
     * @param credentialsSecret name of the secret that holds a credentials file ({@code .creds}); null for none
     * @param tokenSecret name of the secret that holds a token; null for none
     */
    public record Nats(List<String> servers, String credentialsSecret, String tokenSecret) implements Serializable {
        public static final Nats NONE = new Nats(List.of(), null, null);

        public Nats {
            servers = List.copyOf(servers);
            if (credentialsSecret != null && tokenSecret != null) {
                throw new IllegalArgumentException("NATS takes a credentials file or a token, not both");
            }
            for (String server : servers) {
                URI uri = parsed(server);
                if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                    throw new IllegalArgumentException(
                            "NATS servers must be URLs such as nats://host:4222, without user information");
                }
            }
        }
    }

    /**
     * The Kafka cluster of agents that are workers on a topic.
     *
     * @param client for every client, {@code bootstrap.servers} included; empty when there is no cluster. It may hold
     *     credentials, so that it is not shown
     * @param replyTopic where the agents answer; no other job's
     * @param requestTopicPrefixes the topics from which they take requests begin with one of these
     */
    public record Kafka(Map<String, String> client, String replyTopic, List<String> requestTopicPrefixes)
            implements Serializable {
        public static final Kafka NONE =
                new Kafka(Map.of(), Topics.AGENT_REPLIES, List.of(Topics.AGENT_REQUESTS_PREFIX));

        public Kafka {
            client = Map.copyOf(client);
            requestTopicPrefixes = List.copyOf(requestTopicPrefixes);
        }

        @Override
        public String toString() {
            return "Kafka[replyTopic=" + replyTopic + ", requestTopicPrefixes=" + requestTopicPrefixes + "]";
        }
    }

    /**
     * What each agent in this process is given.
     *
     * @param threads on which it is called
     * @param queued how many calls may wait for one of them
     * @param settings of the job that are for agents, by key; no secrets
     */
    public record InProcess(int threads, int queued, Map<String, String> settings) implements Serializable {
        public InProcess(int threads, int queued) {
            this(threads, queued, Map.of());
        }

        public InProcess {
            settings = Map.copyOf(settings);
            if (threads < 1 || queued < 1) {
                throw new IllegalArgumentException("agents need at least one thread, and room for one call to wait");
            }
        }
    }

    public TransportSettings secretsIn(String directory) {
        return new TransportSettings(directory, userAgent, egress, llm, nats, kafka, inProcess);
    }

    public TransportSettings with(Egress allowed) {
        return new TransportSettings(secretsDirectory, userAgent, allowed, llm, nats, kafka, inProcess);
    }

    public TransportSettings with(Llm service) {
        return new TransportSettings(secretsDirectory, userAgent, egress, service, nats, kafka, inProcess);
    }

    public TransportSettings with(Nats servers) {
        return new TransportSettings(secretsDirectory, userAgent, egress, llm, servers, kafka, inProcess);
    }

    public TransportSettings with(Kafka cluster) {
        return new TransportSettings(secretsDirectory, userAgent, egress, llm, nats, cluster, inProcess);
    }

    public TransportSettings with(InProcess limits) {
        return new TransportSettings(secretsDirectory, userAgent, egress, llm, nats, kafka, limits);
    }
}
