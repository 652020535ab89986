package io.millrace.connectors.lakehouse;

import io.millrace.schema.analytics.Dimension;
import io.millrace.schema.analytics.Figure;
import io.millrace.schema.analytics.Figure.Kind;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.FiguresCounted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.View;
import org.apache.iceberg.view.ViewBuilder;

/** The latest of each row of the figures, with a column for each of them: a view for each {@link FigureTable}. */
public final class FigureViews {
    private static final String NAMESPACE = "analytics";
    private static final Types.MapType BINS =
            Types.MapType.ofOptional(1, 2, Types.IntegerType.get(), Types.LongType.get());

    private FigureViews() {}

    /** How an engine writes what the others write differently. */
    public enum Dialect {
        DUCKDB("%s['%s']", "\""),
        TRINO("element_at(%s, '%s')", "\""),
        SPARK("%s['%s']", "`");

        private final String entry;
        private final String quote;

        Dialect(String entry, String quote) {
            this.entry = entry;
            this.quote = quote;
        }

        private String quoted(String name) {
            return quote + name + quote;
        }

        /** The value in a map; null where there is none. */
        private String entry(String map, String key) {
            return entry.formatted(map, key);
        }
    }

    /** Makes the views of a catalog that knows views, for its engines, and makes those anew that say something else. */
    static void ensure(Catalog catalog) {
        if (!(catalog instanceof ViewCatalog views)) {
            return;
        }
        for (FigureTable table : FigureTable.values()) {
            TableIdentifier name = TableIdentifier.of(NAMESPACE, table.tableName());
            LakeTable.make(() -> builder(views, name, table).create(), () -> views.viewExists(name));
            if (!queries(views.loadView(name)).equals(queries(table))) {
                try {
                    builder(views, name, table).replace();
                } catch (CommitFailedException e) {
                    // Somebody else was as fast.
                }
            }
        }
    }

    private static ViewBuilder builder(ViewCatalog views, TableIdentifier name, FigureTable table) {
        ViewBuilder builder = views.buildView(name)
                .withSchema(schema(table))
                .withDefaultNamespace(Namespace.of(NAMESPACE))
                .withProperty("comment", table.description());
        queries(table).forEach(builder::withQuery);
        return builder;
    }

    private static Map<String, String> queries(FigureTable table) {
        Map<String, String> queries = new TreeMap<>();
        for (Dialect dialect : List.of(Dialect.TRINO, Dialect.SPARK)) {
            queries.put(dialect.name().toLowerCase(Locale.ROOT), query(table, dialect));
        }
        return queries;
    }

    private static Map<String, String> queries(View view) {
        Map<String, String> queries = new TreeMap<>();
        view.currentVersion().representations().forEach(of -> {
            if (of instanceof SQLViewRepresentation sql) {
                queries.put(sql.dialect(), sql.sql());
            }
        });
        return queries;
    }

    /**
     * A column of a view.
     *
     * @param map the column of {@code analytics.figures} that has it under {@code key}; null when it is one of its own
     */
    private record ViewColumn(String name, Type type, String description, String map, String key) {
        private String in(Dialect dialect) {
            return map == null ? name : dialect.entry(map, key) + " AS " + name;
        }
    }

    private static List<ViewColumn> columns(FigureTable table) {
        List<ViewColumn> columns = new ArrayList<>();
        columns.add(own("tenant", Types.StringType.get(), "Whose they are."));
        columns.add(own("period", Types.StringType.get(), "How long the time is: hour or day."));
        columns.add(own("start", Types.TimestampType.withZone(), "When it begins."));
        for (Dimension dimension : table.dimensions()) {
            String name = dimension.name();
            columns.add(new ViewColumn(name, Types.StringType.get(), dimension.description(), "dimensions", name));
        }
        table.figures().forEach(figure -> columns.addAll(columns(figure)));
        columns.add(own("status", Types.StringType.get(), "open, closed or corrected."));
        columns.add(own("revision", Types.LongType.get(), "Counts what was told of the row, from 1."));
        columns.add(own("updated_at", Types.TimestampType.withZone(), "When it was told."));
        return columns;
    }

    private static List<ViewColumn> columns(Figure figure) {
        List<ViewColumn> columns = new ArrayList<>();
        Type number = Types.LongType.get();
        if (figure.kind() == Kind.SUM) {
            columns.add(new ViewColumn(figure.name(), number, figure.description(), "figures", figure.name()));
            return columns;
        }
        for (String part : FiguresCounted.PARTS.keySet()) {
            String name = figure.part(part);
            columns.add(new ViewColumn(name, number, figure.description() + " The " + part + ".", "figures", name));
        }
        columns.add(new ViewColumn(
                figure.part("bins"),
                BINS,
                figure.description() + " How many there are in each bin.",
                "bins",
                figure.name()));
        return columns;
    }

    private static ViewColumn own(String name, Type type, String description) {
        return new ViewColumn(name, type, description, null, null);
    }

    private static Schema schema(FigureTable table) {
        List<NestedField> fields = new ArrayList<>();
        for (ViewColumn column : columns(table)) {
            int id = fields.size() + 1;
            fields.add(NestedField.optional(id, column.name(), numbered(column.type(), id), column.description()));
        }
        return new Schema(fields);
    }

    /** Key and value of each map have numbers of their own, behind those of columns. */
    private static Type numbered(Type type, int column) {
        return type == BINS
                ? Types.MapType.ofOptional(1_000 + 2 * column, 1_001 + 2 * column, BINS.keyType(), BINS.valueType())
                : type;
    }

    /** The query of a view: the same columns in every engine. */
    public static String query(FigureTable table, Dialect dialect) {
        return columns(table).stream()
                .map(column -> column.in(dialect))
                .collect(Collectors.joining(
                        ", ",
                        "SELECT ",
                        " FROM (SELECT *, row_number() OVER (PARTITION BY row_key ORDER BY log_time DESC, "
                                + dialect.quoted("offset")
                                + " DESC) AS latest FROM analytics.figures WHERE figure_table = '" + table.tableName()
                                + "') AS told WHERE latest = 1"));
    }
}
