package io.millrace.schema.agent;

import java.util.UUID;

/**
 * One accepted event of {@code agent-registry}, version 1.
 *
 * @param eventId null for a tombstone
 * @param occurredAt milliseconds since the epoch; the log time of a tombstone
 * @param agent the agent's name
 * @param definition only for {@link Kind#REGISTERED}, else null
 * @param version of {@link Kind#CACHE_INVALIDATED}: only answers of that version; null for all
 * @param dependency of {@link Kind#CACHE_INVALIDATED}: only answers that depend on it; null for all
 */
public record AgentRegistryEvent(
        UUID eventId,
        Kind kind,
        long occurredAt,
        String tenant,
        String agent,
        AgentDefinition definition,
        String version,
        String dependency,
        String correlationId) {

    public static final int SCHEMA_VERSION = 1;

    /** The types of event on {@code agent-registry}. */
    public enum Kind {
        REGISTERED("agent.registered"),
        REMOVED("agent.removed"),
        CACHE_INVALIDATED("agent.cache.invalidated");

        private static final Kind[] VALUES = values();

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** The value of {@code event_type}. */
        public String wireName() {
            return wireName;
        }

        /** The kind of that wire name, or null when this build does not know it. */
        public static Kind ofWireName(String wireName) {
            for (Kind kind : VALUES) {
                if (kind.wireName.equals(wireName)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /**
     * The key of the record, by which the topic is compacted: the agent's name, so that the latest definition or
     * removal stays; for an invalidation a key of its own, so that it does not take the definition's place.
     */
    public String key() {
        return kind == Kind.CACHE_INVALIDATED
                ? agent + "/" + (version == null ? "" : version) + "/" + (dependency == null ? "" : dependency)
                : agent;
    }
}
