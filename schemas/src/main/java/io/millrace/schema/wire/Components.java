package io.millrace.schema.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** A record type by its components: reads them of a value, and makes a value of them. */
public final class Components<R extends Record> {
    private final Class<R> type;
    private final Constructor<R> constructor;
    private final RecordComponent[] components;
    private final Method[] accessors;

    public Components(Class<R> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        this.accessors = new Method[components.length];
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
        constructor.setAccessible(true);
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
        }
    }

    public Class<R> type() {
        return type;
    }

    public int size() {
        return components.length;
    }

    public RecordComponent get(int index) {
        return components[index];
    }

    /** The component of a value; null when it is null. */
    public Object of(Object value, int index) {
        try {
            return accessors[index].invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading a component of " + type.getName(), e);
        }
    }

    /** @throws IllegalArgumentException when the record does not take them; its message is the record's own */
    public R make(Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(type.getName() + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " can't be made", e);
        }
    }
}
