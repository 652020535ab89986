package io.millrace.gateway.model;

import java.util.Objects;

/**
 * Whose data a question is about. Every question about tenants' data is asked with one, and its answer is of that tenant,
 * and where things belong to people, of that user alone.
 *
 * @param user null where a question is about the whole tenant
 */
public record Scope(String tenant, String user) {

    public Scope {
        Objects.requireNonNull(tenant);
    }

    /** All of a tenant. */
    public static Scope of(String tenant) {
        return new Scope(tenant, null);
    }
}
