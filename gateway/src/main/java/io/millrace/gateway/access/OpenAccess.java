package io.millrace.gateway.access;

import io.millrace.schema.wire.Envelope;
import java.util.EnumSet;

/** Asks nobody who they are: for one machine, whose users may all do everything. */
public final class OpenAccess implements Access {
    private static final int MAX_TENANT = 200;

    @Override
    public Caller identify(Credentials credentials) throws DeniedException {
        String tenant = credentials.tenant() == null ? Envelope.DEFAULT_TENANT : credentials.tenant();
        if (tenant.isEmpty() || tenant.length() > MAX_TENANT || tenant.chars().anyMatch(Character::isISOControl)) {
            throw new DeniedException("Millrace-Tenant must have 1 to 200 characters");
        }
        return new Caller("anybody at " + credentials.address(), tenant, null, EnumSet.allOf(Role.class));
    }

    @Override
    public String description() {
        return "without login: whoever reaches it may do everything";
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
