package io.millrace.local.cli;

import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.UUID;

/** What the events have in common that commands publish. */
final class RunEvents {
    private RunEvents() {}

    static Envelope envelope(String type, String tenant) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), tenant, null, null);
    }

    /** Who is at the keyboard. */
    static String me() {
        return System.getProperty("user.name", "somebody");
    }
}
