package io.millrace.gateway.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuids;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The event that a dead letter is of, so that whoever published it and waits is told.
 *
 * @param event as the letter names it; whoever waits for it has to be of its tenant
 */
record RefusedEvent(EventRef event, Outcome outcome) {
    private static final JsonFactory JSON = IsolatedJson.factory().build();
    private static final int MAX_BYTES = 256 * 1024;
    /** As long as tenants of events can be; of a longer one nobody waits. */
    private static final int MAX_TENANT = 200;

    /** Null when it is of none that can be told. */
    static RefusedEvent of(SourceRecord letter) {
        byte[] value = letter.value();
        String code = LetterFeed.text(letter, WireHeaders.ERROR_CODE, null);
        if (value == null || value.length == 0 || value.length > MAX_BYTES || value[0] != '{' || code == null) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(new String(value, StandardCharsets.UTF_8))) {
            return read(parser, new Outcome(code, LetterFeed.text(letter, WireHeaders.ERROR_MESSAGE, "")));
        } catch (IOException e) {
            // No JSON; nobody waits for it.
            return null;
        }
    }

    private static RefusedEvent read(JsonParser parser, Outcome outcome) throws IOException {
        UUID id = null;
        String tenant = Envelope.DEFAULT_TENANT;
        parser.nextToken();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("event_id")) {
                id = Uuids.parse(parser.getText());
            } else if (value == JsonToken.VALUE_STRING && name.equals("tenant")) {
                tenant = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return id == null || tenant.length() > MAX_TENANT ? null : new RefusedEvent(new EventRef(tenant, id), outcome);
    }
}
