package io.millrace.lake;

import io.millrace.schema.lake.Column;
import io.millrace.schema.wire.Components;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Rows of a query as the records that declare them. */
final class ResultRows<R extends Record> {
    private final Components<R> components;

    ResultRows(Class<R> type) {
        components = new Components<>(type);
    }

    R read(ResultSet result) throws SQLException {
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Class<?> type = components.get(i).getType();
            values[i] = components.get(i).isAnnotationPresent(Column.class)
                    ? value(result.getObject(snakeCase(components.get(i).getName())))
                    : type == long.class ? (Object) (-1L) : null;
        }
        return components.make(values);
    }

    private static Object value(Object value) throws SQLException {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        } else if (value instanceof Map<?, ?> map) {
            Map<String, String> texts = new TreeMap<>();
            map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
            return texts;
        }
        return value;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
