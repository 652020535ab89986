package io.millrace.operators.agent;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tenants whose records come on a topic of their own, {@code <tenant>.<topic>}, and on no other: Kafka's ACLs say who
 * may write there, and with that who the tenant is. All other tenants share the topic without a prefix.
 */
public final class TenantTopics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String shared;
    /** Topics by tenant. */
    private final TreeMap<String, String> bound = new TreeMap<>();

    /**
     * @param shared the topic of the tenants that have none of their own
     * @param tenants that are bound to a topic
     */
    public TenantTopics(String shared, Collection<String> tenants) {
        this.shared = shared;
        tenants.forEach(tenant -> bound.put(tenant, tenant + "." + shared));
    }

    /** The topics of tenants, without the shared one, by tenant. */
    public SortedMap<String, String> bound() {
        return Collections.unmodifiableSortedMap(bound);
    }

    /**
     * Requires that a record came on its tenant's topic.
     *
     * @param topic that it came on
     * @param tenant that it names
     */
    void require(String topic, String tenant) throws RejectedEventException {
        String expected = bound.getOrDefault(tenant, shared);
        if (!topic.equals(expected)) {
            throw new RejectedEventException(
                    ErrorCode.TENANT_MISMATCH,
                    "tenant: \"" + tenant + "\" is not the tenant of the topic " + topic + "; its records go to "
                            + expected);
        }
    }

    @Override
    public String toString() {
        return "TenantTopics[shared=" + shared + ", bound=" + bound + "]";
    }
}
