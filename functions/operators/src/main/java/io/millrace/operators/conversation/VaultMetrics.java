package io.millrace.operators.conversation;

import io.millrace.logic.vault.HeldKeys;
import io.millrace.logic.vault.TokenCounts;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of the vault beside those of every decider. */
public final class VaultMetrics {
    /** Tokens of replies that became values. */
    public static final String VALUES_RESTORED = "vault_values_restored";
    /** Tokens of replies that their conversation does not have. */
    public static final String TOKENS_UNKNOWN = "vault_tokens_unknown";
    /** Tokens of replies whose values can't be read any more. */
    public static final String VALUES_GONE = "vault_values_gone";
    /** Tokens of replies whose value had no room. */
    public static final String TOKENS_WITHHELD = "vault_tokens_withheld";
    /** Records of the topic of keys that are none. */
    public static final String KEYS_UNREADABLE = "vault_keys_unreadable";

    public static final String KEYS = "vault_keys";
    /** While it is above zero, an earlier master key is needed. */
    public static final String KEYS_UNDER_EARLIER_MASTER_KEYS = "vault_keys_under_earlier_master_keys";

    private final Counter restored;
    private final Counter unknown;
    private final Counter gone;
    private final Counter withheld;

    VaultMetrics(MetricGroup group, HeldKeys keys) {
        restored = group.counter(VALUES_RESTORED);
        unknown = group.counter(TOKENS_UNKNOWN);
        gone = group.counter(VALUES_GONE);
        withheld = group.counter(TOKENS_WITHHELD);
        group.gauge(KEYS, (Gauge<Integer>) keys::size);
        group.gauge(KEYS_UNDER_EARLIER_MASTER_KEYS, (Gauge<Integer>) keys::underEarlierMasterKeys);
    }

    void count(TokenCounts tokens) {
        restored.inc(tokens.restored());
        unknown.inc(tokens.unknown());
        gone.inc(tokens.gone());
        withheld.inc(tokens.withheld());
    }
}
