package io.millrace.jobs.agents;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.logic.agent.PriceTable;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an attempt is taken to have used, and what that costs. An agent may claim anything, or nothing. */
final class Metering {
    private static final Logger LOG = LoggerFactory.getLogger(Metering.class);

    /** By so many times an estimate may be wrong. */
    private static final long MAX_TIMES = 1_000;
    /** What is believed whatever the estimate: a model reads no more at once. */
    private static final long ALWAYS_BELIEVED = 1_000_000;

    private final PriceTable prices;

    Metering(PriceTable prices) {
        this.prices = prices;
    }

    /** As the agent says, up to a thousand times the estimate, or a million tokens where that is more. */
    static Usage usage(AgentAttempt attempt, AgentAnswer answer) {
        Usage claimed = answer.usage();
        long estimate = Math.min(attempt.estimate().total(), Usage.MAX_TOKENS);
        long most = Math.max(ALWAYS_BELIEVED, estimate * MAX_TIMES);
        Usage believed = new Usage(Math.min(claimed.inputTokens(), most), Math.min(claimed.outputTokens(), most));
        if (!believed.equals(claimed)) {
            LOG.warn(
                    "agent {} says that it used {} and {} tokens; {} each are counted",
                    attempt.agent(),
                    claimed.inputTokens(),
                    claimed.outputTokens(),
                    most);
        }
        return believed;
    }

    /**
     * Millionths of the currency. A service bills what it was asked, whether its answer arrives or not, and whether it
     * says so or not: where nothing is known of that, it is the estimate.
     *
     * @param usage as {@link #usage} says
     */
    long cost(AgentAttempt attempt, AgentAnswer answer, Usage usage) {
        return answer.unmetered() && usage.equals(Usage.NONE)
                ? attempt.estimatedMicros()
                : prices.cost(attempt.model(), usage);
    }
}
