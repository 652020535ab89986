package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;

/** Replies whose body, or status, is the output. */
final class JsonReplies {
    private static final int NO_CONTENT = 204;

    private JsonReplies() {}

    /** The answer that a reply with a status of 2xx is. */
    static AgentAnswer answer(HttpReply reply, HttpAgent.Output output) {
        Usage usage = usage(reply);
        if (output == HttpAgent.Output.STATUS) {
            return AgentAnswer.ofJson("{\"status\":" + reply.status() + "}", usage);
        }
        if (reply.status() == NO_CONTENT) {
            return AgentAnswer.ofJson("null", usage);
        }
        return reply.whole()
                ? AgentAnswer.ofJson(reply.body(), usage)
                : AgentAnswer.tooLarge().metered(usage);
    }

    /** Null when there is no such header, or none that can be understood. */
    static Usage usage(HttpReply reply) {
        return CallHeaders.usage(reply.headers().firstValue(CallHeaders.USAGE).orElse(null));
    }

    /** Of a reply in an envelope, room for the output with all its characters escaped. */
    static int maxEnvelopeBytes() {
        return 4 * AgentOutcome.MAX_OUTPUT_BYTES;
    }
}
