package io.millrace.jobs.notifications;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.logic.notification.Note;
import io.millrace.logic.notification.NotificationCommand.Send;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.JsonWriter;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Uuid5;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls of the agents that send notifications. */
final class NotificationCalls {
    /** How the names of such agents begin; the kind of the channel follows. */
    static final String AGENTS = "notify-";

    private static final SerializableString NOTIFICATION_ID = name("notification_id");
    private static final SerializableString USER_ID = name("user_id");
    private static final SerializableString LANGUAGE = name("language");
    private static final SerializableString TIME_ZONE = name("time_zone");
    private static final SerializableString ADDRESS = name("address");
    private static final SerializableString SECRET = name("secret");
    private static final SerializableString COUNT = name("count");
    private static final SerializableString EVENT_ID = name("event_id");
    private static final SerializableString ABOUT = name("about");
    private static final SerializableString PRIORITY = name("priority");
    private static final SerializableString TITLE = name("title");
    private static final SerializableString AT = name("at");
    private static final SerializableString DUE_AT = name("due_at");

    private NotificationCalls() {}

    /**
     * The call, whose result has the person as its key.
     *
     * @param giveUpAfter milliseconds
     */
    static OutboundRecord of(Send send, int giveUpAfter) {
        String id = send.id().toString();
        AgentCall call = new AgentCall(
                Uuid5.of(send.id(), "call"),
                send.decidedAt(),
                send.tenant(),
                id,
                AGENTS + EventType.wireName(send.channel().kind()),
                input(send),
                null,
                null,
                giveUpAfter,
                CacheMode.OFF,
                Map.of(),
                null,
                null,
                null,
                null,
                send.userId());
        return OutboundRecord.of(id, AgentCallWriter.write(call), null, null);
    }

    private static String input(Send send) {
        byte[] json = JsonWriter.object(out -> {
            JsonWriter.text(out, NOTIFICATION_ID, send.id().toString());
            JsonWriter.text(out, USER_ID, send.userId());
            JsonWriter.text(out, LANGUAGE, send.language());
            JsonWriter.text(out, TIME_ZONE, send.timeZone());
            JsonWriter.text(out, ADDRESS, send.channel().address());
            JsonWriter.text(out, SECRET, send.channel().secret());
            JsonWriter.number(out, COUNT, send.notes().size() + send.more());
            out.writeArrayFieldStart("items");
            for (Note note : send.notes()) {
                item(out, note);
            }
            out.writeEndArray();
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void item(JsonGenerator out, Note note) throws IOException {
        out.writeStartObject();
        JsonWriter.text(out, EVENT_ID, note.eventId().toString());
        JsonWriter.text(out, ABOUT, EventType.wireName(note.about()));
        JsonWriter.text(out, PRIORITY, note.priority() == null ? null : EventType.wireName(note.priority()));
        JsonWriter.text(out, TITLE, note.title());
        JsonWriter.time(out, AT, note.at());
        JsonWriter.time(out, DUE_AT, note.dueAt());
        out.writeObjectFieldStart("details");
        for (Map.Entry<String, String> detail : note.details().entrySet()) {
            out.writeStringField(detail.getKey(), detail.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
