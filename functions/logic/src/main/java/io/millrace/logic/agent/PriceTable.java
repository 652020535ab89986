package io.millrace.logic.agent;

import io.millrace.schema.agent.Usage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** What models cost. */
public final class PriceTable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every model for nothing. */
    public static final PriceTable FREE = new PriceTable(Map.of());

    private static final long PER_TOKENS = 1_000_000;
    /** What is more costs as much. */
    private static final long MAX_SUM = Long.MAX_VALUE / 2;

    private static final long MAX_MICROS = MAX_SUM / PER_TOKENS;

    private final HashMap<String, Price> prices;

    /** Millionths of the currency for a million tokens; never negative. */
    public record Price(long inputMicros, long outputMicros) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Price {
            if (inputMicros < 0 || outputMicros < 0) {
                throw new IllegalArgumentException("a price must not be negative");
            }
        }
    }

    public PriceTable(Map<String, Price> prices) {
        this.prices = new HashMap<>(prices);
    }

    /** Whether others have a price and the model has none: it costs nothing, reaches no budget, and may be misspelt. */
    public boolean misses(String model) {
        return model != null && !prices.isEmpty() && !prices.containsKey(model);
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
        long input = times(usage.inputTokens(), price.inputMicros());
        long output = times(usage.outputTokens(), price.outputMicros());
        long sum = input + output;
        return sum >= MAX_SUM ? MAX_MICROS : sum / PER_TOKENS + (sum % PER_TOKENS == 0 ? 0 : 1);
    }

    /** The product, as far as it matters: an agent may claim any usage. */
    private static long times(long tokens, long micros) {
        boolean fits = micros == 0 || tokens <= MAX_SUM / micros;
        return fits ? tokens * micros : MAX_SUM;
    }
}
