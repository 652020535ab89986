package io.millrace.gateway.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events as they travel. */
final class EventText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Keeps the connection, and has one that is gone be noticed. */
    static byte[] heartbeat() {
        return ":\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** @param data JSON */
    EventText event(String name, String id, byte[] data) {
        line("event: " + name);
        line("id: " + id);
        out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        for (byte b : data) {
            // Line breaks stand only between the tokens of JSON; in an event they would begin another field.
            out.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        line("\n");
        return this;
    }

    EventText retry(int millis) {
        line("retry: " + millis);
        return this;
    }

    private void line(String text) {
        out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
