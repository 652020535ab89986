package io.millrace.connectors.lakehouse;

import io.millrace.schema.lake.Column;
import io.millrace.schema.wire.Components;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of a table as a record declares them by {@link Column}: texts, numbers, times with zone, bytes, and maps of
 * these.
 *
 * @param <R> the type of rows
 */
public final class RowSchema<R extends java.lang.Record> {
    private final Components<R> components;
    private final int[] columns;
    private final Schema schema;
    private final GenericRecord template;

    private RowSchema(Class<R> type) {
        components = new Components<>(type);
        List<Integer> kept = new ArrayList<>();
        List<NestedField> fields = new ArrayList<>();
        // Iceberg wants numbers for keys and values of maps too; columns come first.
        AtomicInteger ids = new AtomicInteger(components.size());
        for (int i = 0; i < components.size(); i++) {
            RecordComponent component = components.get(i);
            Column column = component.getAnnotation(Column.class);
            if (column == null) {
                continue;
            }
            kept.add(i);
            String name = snakeCase(component.getName());
            Type of = typeOf(component.getGenericType(), component, ids);
            fields.add(NestedField.of(fields.size() + 1, !component.getType().isPrimitive(), name, of, column.value()));
        }
        columns = kept.stream().mapToInt(Integer::intValue).toArray();
        schema = new Schema(fields);
        template = GenericRecord.create(schema);
    }

    public static <R extends java.lang.Record> RowSchema<R> of(Class<R> type) {
        return new RowSchema<>(type);
    }

    public Schema schema() {
        return schema;
    }

    /** A row as Iceberg's writers take it. */
    public Record record(R row) {
        Record record = template.copy();
        for (int i = 0; i < columns.length; i++) {
            record.set(i, value(components.of(row, columns[i])));
        }
        return record;
    }

    /** A row as Iceberg's readers give it; a column that the table lacks is null. */
    public R row(Record record) {
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Class<?> type = components.get(i).getType();
            values[i] = type == long.class ? -1L : type == int.class ? (Object) (-1) : null;
        }
        for (int i = 0; i < columns.length; i++) {
            values[columns[i]] =
                    component(record.getField(schema.columns().get(i).name()));
        }
        return components.make(values);
    }

    private static Object component(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        return value;
    }

    private static Object value(Object value) {
        if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    private static Type typeOf(java.lang.reflect.Type type, RecordComponent component, AtomicInteger ids) {
        if (type == String.class) {
            return Types.StringType.get();
        } else if (type == int.class || type == Integer.class) {
            return Types.IntegerType.get();
        } else if (type == long.class || type == Long.class) {
            return Types.LongType.get();
        } else if (type == double.class || type == Double.class) {
            return Types.DoubleType.get();
        } else if (type == boolean.class || type == Boolean.class) {
            return Types.BooleanType.get();
        } else if (type == Instant.class) {
            return Types.TimestampType.withZone();
        } else if (type == byte[].class) {
            return Types.BinaryType.get();
        } else if (type instanceof ParameterizedType of && of.getRawType() == Map.class) {
            int key = ids.incrementAndGet();
            int value = ids.incrementAndGet();
            return Types.MapType.ofOptional(
                    key,
                    value,
                    typeOf(of.getActualTypeArguments()[0], component, ids),
                    typeOf(of.getActualTypeArguments()[1], component, ids));
        }
        throw new IllegalArgumentException("there is no column type for " + component);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
