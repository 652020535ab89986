package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.agent.Risk;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.List;

/** Finds the owner of a call: calls that may share an answer meet there. */
public final class CallRouter {
    private final String defaultReplyTopic;
    private final List<String> replyTopicPrefixes;

    /** @param replyTopicPrefixes calls may name topics that begin with one of them, besides the default */
    public CallRouter(String defaultReplyTopic, List<String> replyTopicPrefixes) {
        this.defaultReplyTopic = defaultReplyTopic;
        this.replyTopicPrefixes = List.copyOf(replyTopicPrefixes);
    }

    /**
     * @param loggedAt log time of the call, milliseconds since the epoch
     * @throws RejectedEventException when its result may not be written where it says
     */
    public RoutedCall route(AgentCall call, AgentRegistry registry, long loggedAt) throws RejectedEventException {
        String replyTo = call.replyTo() == null ? defaultReplyTopic : call.replyTo();
        if (!replyTo.equals(defaultReplyTopic) && replyTopicPrefixes.stream().noneMatch(replyTo::startsWith)) {
            throw new RejectedEventException(
                    ErrorCode.REPLY_TOPIC_NOT_ALLOWED, "reply_to: results may not be written to \"" + replyTo + "\"");
        }
        AgentDefinition agent = registry.definition(call.agent());
        return agent != null && mayShare(call, agent)
                ? new RoutedCall(call, CallKeys.cacheKey(call, agent.version()), agent.version(), loggedAt, replyTo)
                : new RoutedCall(call, CallKeys.ownKey(call), null, loggedAt, replyTo);
    }

    /** An approval is for one call, whose key is remembered at one place, whatever else is in it. */
    private static boolean mayShare(AgentCall call, AgentDefinition agent) {
        return agent.cacheTtlSeconds() > 0 && call.cache() != CacheMode.OFF && agent.risk() != Risk.APPROVAL_REQUIRED;
    }
}
