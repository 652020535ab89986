package io.millrace.logic.agent.gate;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;

/**
 * Who shares with whom what there is for all. A bound tenant, whose name nobody else can use, has a line of its own.
 * All others stand in one line together, as anybody can make up as many of their names as they like. Where no tenant
 * is bound, each has a line.
 *
 * @param bound tenants that are known by more than a name
 */
public record TenantLines(Set<String> bound) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A line for each tenant. */
    public static final TenantLines NONE_BOUND = new TenantLines(Set.of());

    /** No tenant has this name: none is empty. */
    private static final String SHARED = "";

    public TenantLines {
        bound = Set.copyOf(bound);
    }

    public static TenantLines of(Collection<String> bound) {
        return new TenantLines(Set.copyOf(bound));
    }

    /** The name of a tenant's line: the tenant itself where nobody else stands in it. */
    public String lineOf(String tenant) {
        return isShared(tenant) ? SHARED : tenant;
    }

    /** Whether others stand in the tenant's line. */
    public boolean isShared(String tenant) {
        return !bound.isEmpty() && !bound.contains(tenant);
    }
}
