package io.millrace.logic.pii;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What each tenant's tokens are made by, of the tenants that were asked for last. For one thread.
 *
 * @param <T> what is made of a tokeniser
 */
public final class ByTenant<T> {
    /** More tenants than that at a time, and theirs are made again and again. */
    private static final int MOST_TENANTS = 1_000;

    private final byte[] master;
    private final Function<PiiTokenizer, T> make;
    private final Map<String, T> tenants = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MOST_TENANTS;
        }
    };

    /** @param master key from which those of tenants follow, see {@link TokenKey#of} */
    public ByTenant(byte[] master, Function<PiiTokenizer, T> make) {
        this.master = master.clone();
        this.make = make;
    }

    public T of(String tenant) {
        return tenants.computeIfAbsent(tenant, name -> make.apply(new PiiTokenizer(TokenKey.of(master, name))));
    }
}
