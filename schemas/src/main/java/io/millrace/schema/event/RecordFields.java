package io.millrace.schema.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.wire.Components;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a record, and how each is read and written. */
final class RecordFields<R extends Record> {
    private final Components<R> components;
    private final int first;
    /** By index of the component, less {@link #first}. */
    private final List<FieldValue> values = new ArrayList<>();

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();

    /** @param first the first component that is a field; those before are given */
    RecordFields(Class<R> type, int first) {
        this.components = new Components<>(type);
        this.first = first;
        for (int i = first; i < components.size(); i++) {
            RecordComponent component = components.get(i);
            Field field = component.getAnnotation(Field.class);
            if (field == null) {
                throw new IllegalArgumentException(type.getSimpleName() + "." + component.getName() + " has no @Field");
            }
            values.add(FieldValue.of(field, component.getGenericType()));
            names.add(EventType.wireName(component));
            byName.put(name(i), i);
        }
    }

    private String name(int index) {
        return names.get(index - first);
    }

    Object component(Object value, int index) {
        return components.of(value, index);
    }

    void write(Object value, JsonGenerator out) throws IOException {
        for (int i = first; i < components.size(); i++) {
            Object component = components.of(value, i);
            if (component != null) {
                out.writeFieldName(name(i));
                values.get(i - first).write(component, out);
            }
        }
    }

    /** @param parent the full name of the object; empty for the event itself */
    Reading reading(String parent) {
        return new Reading(parent.isEmpty() ? "" : parent + ".");
    }

    /** One object while it is read. */
    final class Reading {
        private final String prefix;
        private final Object[] read = new Object[components.size()];
        private final BitSet seen = new BitSet();

        private Reading(String prefix) {
            this.prefix = prefix;
        }

        /** Reads a field of the object; others are ignored, and null is as if the field were absent. */
        void read(String name, JsonEvent json) throws IOException, RejectedEventException {
            Integer index = byName.get(name);
            if (index == null) {
                return;
            }
            if (seen.get(index)) {
                throw json.duplicate(prefix + name);
            }
            seen.set(index);
            if (!json.isNull()) {
                read[index] = values.get(index - first).read(prefix + name, json);
            }
        }

        /**
         * Makes the record of what was read.
         *
         * @param given the components before the fields
         */
        R finish(Object... given) throws RejectedEventException {
            System.arraycopy(given, 0, read, 0, first);
            for (int i = first; i < read.length; i++) {
                if (read[i] == null) {
                    FieldValue value = values.get(i - first);
                    if (!value.isOptional()) {
                        throw new RejectedEventException(ErrorCode.MISSING_FIELD, prefix + name(i) + ": missing");
                    }
                    read[i] = value.absent();
                }
            }
            try {
                return components.make(read);
            } catch (IllegalArgumentException e) {
                throw new RejectedEventException(ErrorCode.INVALID_VALUE, prefix + e.getMessage());
            }
        }
    }
}
