package io.millrace.schema.event;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a topic on which events of several types come.
 *
 * @param <E> what they have in common
 */
public final class EventTypes<E> {
    private final Map<String, EventType<? extends Record>> byName = new LinkedHashMap<>();
    private final Class<E> common;
    private final int maxBytes;

    private EventTypes(Class<E> common, Class<?>[] permitted) {
        this.common = common;
        Arrays.stream(permitted)
                .filter(type -> type.isAnnotationPresent(Event.class))
                .forEach(type -> {
                    EventType<? extends Record> event = EventType.of(type.asSubclass(Record.class));
                    byName.put(event.name(), event);
                });
        maxBytes = byName.values().stream().mapToInt(EventType::maxBytes).max().orElseThrow();
    }

    /** The events that are among the permitted subtypes of a sealed interface. */
    public static <E> EventTypes<E> of(Class<E> sealed) {
        return new EventTypes<>(sealed, sealed.getPermittedSubclasses());
    }

    /** Whether {@code type} is the type of one of them. */
    public boolean isKnown(String type) {
        return byName.containsKey(type);
    }

    /**
     * Reads the event that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public E read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, maxBytes, this::read);
    }

    private E read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        Precedence first = Precedence.of(value, this::isKnown);
        if (first.rejection() != null) {
            throw first.rejection();
        }
        EventType<? extends Record> type = byName.get(first.type() != null ? first.type() : cloudEvent.eventType());
        // Without a type any of them says what is wrong.
        EventType<? extends Record> known =
                type != null ? type : byName.values().iterator().next();
        return common.cast(known.readAll(value, cloudEvent));
    }
}
