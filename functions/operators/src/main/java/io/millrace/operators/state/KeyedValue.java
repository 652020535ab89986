package io.millrace.operators.state;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/**
 * A value for each key.
 *
 * @param <V> the value, immutable
 */
public interface KeyedValue<V> {

    /** The value of the current key; null when it has none. */
    V value() throws IOException;

    /** Sets the value of the current key; null for none. */
    void update(V value) throws IOException;

    /** Brings the state up to date. The current key stays what it is. */
    default void writeBack() throws IOException {}

    /** The state itself, read and written each time. */
    static <V> KeyedValue<V> of(ValueState<V> state) {
        return new KeyedValue<>() {
            @Override
            public V value() throws IOException {
                return state.value();
            }

            @Override
            public void update(V value) throws IOException {
                if (value == null) {
                    state.clear();
                } else {
                    state.update(value);
                }
            }
        };
    }
}
