package io.millrace.gateway.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A question for a part of a list: conditions, a sort order, and where the part before ended. */
final class Select {
    private final String columns;
    private final String from;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /**
     * @param columns the first is the item
     * @param from tables and joins
     */
    Select(String columns, String from) {
        this.columns = columns;
        this.from = from;
    }

    /** Makes the item of a row. */
    @FunctionalInterface
    interface Item {
        byte[] of(ResultSet row) throws SQLException;
    }

    Select and(String condition, Object... values) {
        where.append(where.length() == 0 ? " WHERE " : " AND ").append(condition);
        Collections.addAll(arguments, values);
        return this;
    }

    /** Does nothing when {@code value} is null. */
    Select andIf(Object value, String condition) {
        return value == null ? this : and(condition, value);
    }

    /** Does nothing when there are no values. */
    Select in(String column, Collection<?> values) {
        return values.isEmpty()
                ? this
                : and(
                        column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
                        values.toArray());
    }

    /**
     * @param orders the last one tells each row from all others
     * @throws BadCursorException when the cursor is none of the list
     */
    Page page(ModelReader reader, List<Order> orders, PageRequest request, Item item) throws SQLException {
        if (request.cursor() != null) {
            after(Cursor.read(request.cursor(), orders));
        }
        StringBuilder sql = new StringBuilder("SELECT ").append(columns);
        orders.forEach(order -> sql.append(", ").append(order.column()));
        sql.append(" FROM ").append(from).append(where).append(" ORDER BY ");
        for (int i = 0; i < orders.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append(orders.get(i).column())
                    .append(orders.get(i).descending() ? " DESC" : "");
        }
        sql.append(" LIMIT ?");
        arguments.add(request.limit() + 1);
        List<Row> rows = reader.all(sql.toString(), row -> row(row, orders.size(), item), arguments.toArray());
        boolean more = rows.size() > request.limit();
        List<Row> shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page(
                shown.stream().map(Row::item).toList(),
                more ? new Cursor(orders, shown.get(shown.size() - 1).sortedBy()).text() : null);
    }

    private record Row(byte[] item, List<Object> sortedBy) {}

    private static Row row(ResultSet row, int sorted, Item item) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        List<Object> values = new ArrayList<>(sorted);
        for (int i = columns - sorted + 1; i <= columns; i++) {
            Object value = row.getObject(i);
            values.add(value instanceof Number number ? (Object) number.longValue() : value.toString());
        }
        return new Row(item.of(row), values);
    }

    /** What comes after a row in the order: what is further in one column, and equal in those before it. */
    private void after(Cursor cursor) {
        StringBuilder condition = new StringBuilder("(");
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < cursor.orders().size(); i++) {
            condition.append(i == 0 ? "(" : " OR (");
            for (int j = 0; j < i; j++) {
                condition.append(cursor.orders().get(j).column()).append(" = ? AND ");
                values.add(cursor.values().get(j));
            }
            Order order = cursor.orders().get(i);
            condition.append(order.column()).append(order.descending() ? " < ?)" : " > ?)");
            values.add(cursor.values().get(i));
        }
        and(condition.append(')').toString(), values.toArray());
    }
}
