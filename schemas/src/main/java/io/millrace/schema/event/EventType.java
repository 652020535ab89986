package io.millrace.schema.event;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.JsonWriter;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads and writes the events that a record declares.
 *
 * @param <E> the record, see {@link Event}
 */
public final class EventType<E extends Record> {
    private static final int SCHEMA_VERSION = 1;
    private static final Map<Enum<?>, String> CONSTANTS = new ConcurrentHashMap<>();

    private final Event event;
    private final RecordFields<E> fields;

    private EventType(Class<E> type) {
        event = type.getAnnotation(Event.class);
        if (event == null) {
            throw new IllegalArgumentException(type.getName() + " has no @Event");
        }
        fields = new RecordFields<>(type, 1);
    }

    /** @throws IllegalArgumentException saying what is missing in the declaration */
    public static <E extends Record> EventType<E> of(Class<E> type) {
        return new EventType<>(type);
    }

    /** The name of the field that a component is: {@code dueSoon} is {@code due_soon}. */
    public static String wireName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** A constant as it stands in events: in small letters, but for such as {@code P1}. */
    public static String wireName(Enum<?> constant) {
        return CONSTANTS.computeIfAbsent(
                constant,
                named -> named.name().matches("[A-Z][0-9]+")
                        ? named.name()
                        : named.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads the event that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public E read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, event.maxBytes(), this::read);
    }

    private E read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        return Precedence.before(() -> readAll(value, cloudEvent), value, event.type()::equals);
    }

    /** The value of {@code event_type}. */
    String name() {
        return event.type();
    }

    int maxBytes() {
        return event.maxBytes();
    }

    E readAll(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        EnvelopeReader envelope = new EnvelopeReader(event.type()::equals);
        RecordFields<E>.Reading reading = fields.reading("");
        JsonEvent.readObject(value, 0, value.length, (name, json) -> {
            if (!envelope.readField(name, json)) {
                reading.read(name, json);
            }
        });
        return reading.finish(envelope.finish(cloudEvent));
    }

    /** The event as JSON; a component that is null is left out. */
    public byte[] write(E value) {
        Envelope envelope = (Envelope) fields.component(value, 0);
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out,
                    SCHEMA_VERSION,
                    envelope.eventId(),
                    event.type(),
                    envelope.occurredAt().toEpochMilli(),
                    envelope.tenant());
            fields.write(value, out);
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, envelope.correlationId());
        });
    }
}
