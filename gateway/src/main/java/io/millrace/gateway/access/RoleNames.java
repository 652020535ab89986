package io.millrace.gateway.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles by their names. */
final class RoleNames {
    static final String ALL = Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));

    private RoleNames() {}

    /** Those that are ours: an identity provider has others too. */
    static Set<Role> known(Collection<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            Role role = Role.ofWireName(name);
            if (role != null) {
                roles.add(role);
            }
        }
        return roles;
    }
}
