package io.millrace.logic.agent;

import io.millrace.schema.agent.Usage;
import java.util.Map;

/** What models cost. */
public final class PriceTable {
    /** Every model for nothing. */
    public static final PriceTable FREE = new PriceTable(Map.of());

    private static final long PER_TOKENS = 1_000_000;
    private static final long MAX_MICROS = 1_000_000_000_000_000L;

    private final Map<String, Price> prices;

    /** Millionths of the currency for a million tokens; never negative. */
    public record Price(long inputMicros, long outputMicros) {
        public Price {
            if (inputMicros < 0 || outputMicros < 0) {
                throw new IllegalArgumentException("a price must not be negative");
            }
        }
    }

    public PriceTable(Map<String, Price> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** Whether the model has a price; one without costs nothing, and so reaches no budget. */
    public boolean isPriced(String model) {
        return model != null && prices.containsKey(model);
    }

    /**
     * What the usage costs, millionths of the currency, rounded up.
     *
     * @param model null for what costs nothing
     */
    public long cost(String model, Usage usage) {
        Price price = model == null ? null : prices.get(model);
        if (price == null) {
            return 0;
        }
        long sum = times(usage.inputTokens(), price.inputMicros()) + times(usage.outputTokens(), price.outputMicros());
        return Math.min(MAX_MICROS, sum / PER_TOKENS + (sum % PER_TOKENS == 0 ? 0 : 1));
    }

    /** The product, or half of what fits into a long: an agent may claim any usage. */
    private static long times(long tokens, long micros) {
        long product = tokens * micros;
        boolean fits = Math.multiplyHigh(tokens, micros) == 0 && product >= 0;
        return fits ? Math.min(product, Long.MAX_VALUE / 2) : Long.MAX_VALUE / 2;
    }
}
