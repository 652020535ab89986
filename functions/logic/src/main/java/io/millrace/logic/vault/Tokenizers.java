package io.millrace.logic.vault;

import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tokenisers of tenants, of those that were asked for last. For one thread. */
final class Tokenizers {
    private static final int MOST = 1_000;

    private final byte[] master;
    private final Map<String, PiiTokenizer> byTenant = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PiiTokenizer> eldest) {
            return size() > MOST;
        }
    };

    /** @param master see {@link TokenKey#of} */
    Tokenizers(byte[] master) {
        this.master = master.clone();
    }

    PiiTokenizer of(String tenant) {
        PiiTokenizer tokenizer = byTenant.get(tenant);
        if (tokenizer == null) {
            tokenizer = new PiiTokenizer(TokenKey.of(master, tenant));
            byTenant.put(tenant, tokenizer);
        }
        return tokenizer;
    }
}
