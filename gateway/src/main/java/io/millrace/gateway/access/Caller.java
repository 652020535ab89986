package io.millrace.gateway.access;

import java.util.Set;

/**
 * Who calls.
 *
 * @param name for logs and limits: of a key, or of whoever an identity provider names
 * @param tenant whose data it may see
 * @param user the person it is; null when it is none
 */
public record Caller(String name, String tenant, String user, Set<Role> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean isAnyOf(Set<Role> some) {
        return roles.stream().anyMatch(some::contains);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
