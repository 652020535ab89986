package io.millrace.gateway.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A question for a part of a list: conditions, a sort order, and where the part before ended. */
final class Select {
    /** A part ends with the item that reaches so many, so that its memory does not depend on how large items are. */
    static final int MOST_BYTES = 2 << 20;

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
        Part part = new Part(request.limit(), orders.size(), item);
        reader.each(sql.toString(), part::take, arguments.toArray());
        return new Page(part.items, part.more ? new Cursor(orders, part.last).text() : null);
    }

    /** The rows that are shown. */
    private static final class Part {
        private final int limit;
        private final int sorted;
        private final Item item;
        private final List<byte[]> items = new ArrayList<>();
        private List<Object> last = List.of();
        private long bytes;
        private boolean more;

        Part(int limit, int sorted, Item item) {
            this.limit = limit;
            this.sorted = sorted;
            this.item = item;
        }

        boolean take(ResultSet row) throws SQLException {
            if (items.size() == limit || bytes >= MOST_BYTES) {
                more = true;
                return false;
            }
            byte[] shown = item.of(row);
            items.add(shown);
            bytes += shown.length;
            last = sortedBy(row, sorted);
            return true;
        }
    }

    private static List<Object> sortedBy(ResultSet row, int sorted) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        List<Object> values = new ArrayList<>(sorted);
        for (int i = columns - sorted + 1; i <= columns; i++) {
            Object value = row.getObject(i);
            values.add(value instanceof Number number ? (Object) number.longValue() : value.toString());
        }
        return values;
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
