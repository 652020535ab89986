package io.millrace.gateway.access;

import io.millrace.schema.wire.Envelope;
import java.util.EnumSet;

/** Asks nobody who they are: for one machine, whose users may all do everything. */
public final class OpenAccess implements Access {

    @Override
    public Caller identify(Credentials credentials) throws DeniedException {
        String tenant = credentials.tenant() == null ? Envelope.DEFAULT_TENANT : credentials.tenant();
        if (!Ids.isValid(tenant)) {
            throw new DeniedException("Millrace-Tenant " + Ids.MUST);
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
