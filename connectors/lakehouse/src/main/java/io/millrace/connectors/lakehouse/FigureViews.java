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

    private static Schema schema(FigureTable table) {
        Columns columns = new Columns();
        columns.add("tenant", Types.StringType.get(), "Whose they are.");
        columns.add("period", Types.StringType.get(), "How long the time is: hour or day.");
        columns.add("start", Types.TimestampType.withZone(), "When it begins.");
        table.dimensions()
                .forEach(dimension -> columns.add(dimension.name(), Types.StringType.get(), dimension.description()));
        for (Figure figure : table.figures()) {
            if (figure.kind() == Kind.SUM) {
                columns.add(figure.name(), Types.LongType.get(), figure.description());
                continue;
            }
            FiguresCounted.PARTS
                    .keySet()
                    .forEach(part -> columns.add(
                            figure.name() + '_' + part,
                            Types.LongType.get(),
                            figure.description() + " The " + part + "."));
            columns.add(
                    figure.name() + "_bins",
                    Types.MapType.ofOptional(-1, -1, Types.IntegerType.get(), Types.LongType.get()),
                    figure.description() + " How many there are in each bin.");
        }
        columns.add("status", Types.StringType.get(), "open, closed or corrected.");
        columns.add("revision", Types.LongType.get(), "Counts what was told of the row, from 1.");
        columns.add("updated_at", Types.TimestampType.withZone(), "When it was told.");
        return new Schema(columns.all);
    }

    /** Columns with numbers, as Iceberg wants them. */
    private static final class Columns {
        private final List<NestedField> all = new ArrayList<>();
        private int ids;

        private void add(String name, Type type, String description) {
            Type numbered = type.isMapType()
                    ? Types.MapType.ofOptional(
                            ++ids,
                            ++ids,
                            type.asMapType().keyType(),
                            type.asMapType().valueType())
                    : type;
            all.add(NestedField.optional(++ids, name, numbered, description));
        }
    }

    /** The query of a view: the same columns in every engine. */
    public static String query(FigureTable table, Dialect dialect) {
        List<String> columns = new ArrayList<>(List.of("tenant", "period", "start"));
        for (Dimension dimension : table.dimensions()) {
            columns.add(dialect.entry("dimensions", dimension.name()) + " AS " + dimension.name());
        }
        for (Figure figure : table.figures()) {
            if (figure.kind() == Kind.SUM) {
                columns.add(dialect.entry("figures", figure.name()) + " AS " + figure.name());
            } else {
                for (String part : FiguresCounted.PARTS.keySet()) {
                    String name = figure.name() + '_' + part;
                    columns.add(dialect.entry("figures", name) + " AS " + name);
                }
                columns.add(dialect.entry("bins", figure.name()) + " AS " + figure.name() + "_bins");
            }
        }
        columns.addAll(List.of("status", "revision", "updated_at"));
        return columns.stream()
                .collect(Collectors.joining(
                        ", ",
                        "SELECT ",
                        " FROM (SELECT *, row_number() OVER (PARTITION BY row_key ORDER BY log_time DESC, "
                                + dialect.quoted("offset")
                                + " DESC) AS latest FROM analytics.figures WHERE figure_table = '" + table.tableName()
                                + "') AS told WHERE latest = 1"));
    }
}
