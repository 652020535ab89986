package io.millrace.schema.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of a record, and how each is read and written. */
final class RecordFields<R extends Record> {
    private final Class<R> type;
    private final Constructor<R> constructor;
    private final RecordComponent[] components;
    private final int first;
    /** By index of the component, less {@link #first}. */
    private final List<FieldValue> values = new ArrayList<>();

    private final Map<String, Integer> byName = new HashMap<>();

    /** @param first the first component that is a field; those before are given */
    RecordFields(Class<R> type, int first) {
        this.type = type;
        this.first = first;
        this.components = type.getRecordComponents();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
        constructor.setAccessible(true);
        for (int i = 0; i < components.length; i++) {
            components[i].getAccessor().setAccessible(true);
            if (i >= first) {
                Field field = components[i].getAnnotation(Field.class);
                if (field == null) {
                    throw new IllegalArgumentException(
                            type.getSimpleName() + "." + components[i].getName() + " has no @Field");
                }
                values.add(FieldValue.of(field, components[i].getGenericType()));
                byName.put(wireName(components[i].getName()), i);
            }
        }
    }

    /** {@code dueSoon} is {@code due_soon}. */
    static String wireName(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    Object component(Object value, int index) {
        try {
            return components[index].getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading a component of " + type.getName(), e);
        }
    }

    void write(Object value, JsonGenerator out) throws IOException {
        for (int i = first; i < components.length; i++) {
            Object component = component(value, i);
            if (component != null) {
                out.writeFieldName(wireName(components[i].getName()));
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
        private final Object[] read = new Object[components.length];
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
                        throw new RejectedEventException(
                                ErrorCode.MISSING_FIELD, prefix + wireName(components[i].getName()) + ": missing");
                    }
                    read[i] = value.absent();
                }
            }
            try {
                return constructor.newInstance(read);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IllegalArgumentException problem) {
                    throw new RejectedEventException(ErrorCode.INVALID_VALUE, prefix + problem.getMessage());
                }
                throw new IllegalStateException(type.getName() + " can't be made", e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type.getName() + " can't be made", e);
            }
        }
    }
}
