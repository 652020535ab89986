package io.millrace.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** How the result of a query is printed. */
enum ResultFormat {
    /** Columns for people; times in UTC. */
    TABLE {
        @Override
        void write(ResultSet result, PrintStream out) throws SQLException {
            List<String> header = names(result);
            List<List<String>> rows = new ArrayList<>();
            boolean more = false;
            while (result.next() && !more) {
                more = rows.size() == MAX_ROWS;
                if (!more) {
                    rows.add(texts(result, header.size()).stream()
                            .map(text -> text == null ? "–" : VisibleText.of(text))
                            .toList());
                }
            }
            print(header, rows, out);
            out.println(more ? "the first " + MAX_ROWS + " rows; --format csv prints all" : rows.size() + " rows");
        }
    },
    /** RFC 4180, with a header. */
    CSV {
        @Override
        void write(ResultSet result, PrintStream out) throws SQLException {
            List<String> names = names(result);
            out.println(csv(names));
            while (result.next()) {
                out.println(csv(texts(result, names.size())));
            }
        }
    },
    /** One object a line. */
    JSON {
        @Override
        void write(ResultSet result, PrintStream out) throws SQLException, IOException {
            List<String> names = names(result);
            JsonFactory factory = new JsonFactory();
            while (result.next()) {
                try (JsonGenerator json = factory.createGenerator((OutputStream) out)) {
                    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                    json.writeStartObject();
                    for (int i = 0; i < names.size(); i++) {
                        json.writeFieldName(names.get(i));
                        Object value = result.getObject(i + 1);
                        if (value instanceof Integer
                                || value instanceof Long
                                || value instanceof Double
                                || value instanceof java.math.BigDecimal
                                || value instanceof java.math.BigInteger) {
                            json.writeNumber(value.toString());
                        } else if (value instanceof Boolean bool) {
                            json.writeBoolean(bool);
                        } else if (value == null) {
                            json.writeNull();
                        } else {
                            json.writeString(text(value));
                        }
                    }
                    json.writeEndObject();
                }
                out.println();
            }
        }
    };

    private static final int MAX_ROWS = 1_000;
    private static final int MAX_CELL = 60;

    abstract void write(ResultSet result, PrintStream out) throws SQLException, IOException;

    private static List<String> names(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
        }
        return names;
    }

    private static List<String> texts(ResultSet result, int columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            Object value = result.getObject(i);
            texts.add(value == null ? null : text(value));
        }
        return texts;
    }

    private static String text(Object value) throws SQLException {
        if (value instanceof OffsetDateTime time) {
            return DateTimeFormatter.ISO_INSTANT.format(time);
        } else if (value instanceof Timestamp time) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                    time.toInstant().atOffset(ZoneOffset.UTC).toLocalDateTime());
        } else if (value instanceof Blob blob) {
            return Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
        } else if (value instanceof Map<?, ?> map) {
            return map.toString();
        }
        return value.toString();
    }

    private static String csv(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : ",");
            if (cell != null && (cell.isEmpty() || cell.matches("(?s).*[\",\r\n].*"))) {
                line.append('"').append(cell.replace("\"", "\"\"")).append('"');
            } else if (cell != null) {
                line.append(cell);
            }
        }
        return line.toString();
    }

    private static void print(List<String> header, List<List<String>> rows, PrintStream out) {
        int[] widths = new int[header.size()];
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(MAX_CELL, row.get(i).length()));
            }
        }
        for (int r = 0; r < all.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = all.get(r).get(i);
                String shown = cell.length() > MAX_CELL ? cell.substring(0, MAX_CELL - 1) + "…" : cell;
                line.append(i == 0 ? "" : "  ").append(shown).append(" ".repeat(widths[i] - shown.length()));
            }
            out.println(line.toString().stripTrailing());
            if (r == 0) {
                StringBuilder rule = new StringBuilder();
                for (int i = 0; i < widths.length; i++) {
                    rule.append(i == 0 ? "" : "  ").append("─".repeat(widths[i]));
                }
                out.println(rule);
            }
        }
    }
}
