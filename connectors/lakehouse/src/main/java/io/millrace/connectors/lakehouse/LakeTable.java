package io.millrace.connectors.lakehouse;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table of the lake as it is declared: its rows, and how its files are laid out.
 *
 * @param namespace such as {@code audit}
 * @param row the type of rows, see {@link RowSchema}
 * @param day the column by whose days files are parted
 * @param identity the column by whose values they are parted as well
 * @param views of it, which are made with it
 */
public record LakeTable<R extends Record>(
        String namespace, String name, Class<R> row, String day, String identity, Views views) implements Serializable {
    /** What is made of a table besides. */
    @FunctionalInterface
    public interface Views extends Serializable {
        void ensure(Catalog catalog);
    }

    /** A table without views. */
    public LakeTable(String namespace, String name, Class<R> row, String day, String identity) {
        this(namespace, name, row, day, identity, catalog -> {});
    }

    /** Ample for what a checkpoint brings; what is open at once has to fit into memory. */
    private static final String ROW_GROUP_BYTES = Integer.toString(16 << 20);

    private static final String METADATA_KEPT = "20";

    private TableIdentifier identifier() {
        return TableIdentifier.of(namespace, name);
    }

    /** As people write it. */
    public String fullName() {
        return namespace + "." + name;
    }

    /**
     * Loads the table.
     *
     * @throws LakeException when there is none
     */
    public Table load(Catalog catalog) {
        if (!catalog.tableExists(identifier())) {
            throw new LakeException("there is no table " + fullName());
        }
        return catalog.loadTable(identifier());
    }

    public boolean exists(Catalog catalog) {
        return catalog.tableExists(identifier());
    }

    /** Makes the table when it is not there, adds the columns that it lacks, and makes its views. */
    public Table ensure(Catalog catalog) {
        if (!catalog.tableExists(identifier())) {
            create(catalog);
        }
        Table table = catalog.loadTable(identifier());
        UpdateSchema update = table.updateSchema();
        boolean more = false;
        for (NestedField column : RowSchema.of(row).schema().columns()) {
            if (table.schema().findField(column.name()) == null) {
                update.addColumn(column.name(), column.type(), column.doc());
                more = true;
            }
        }
        if (more) {
            update.commit();
        }
        views.ensure(catalog);
        return table;
    }

    /** Catalogs say in many ways that somebody else was as fast: it is looked at instead. */
    private void create(Catalog catalog) {
        RowSchema<R> rows = RowSchema.of(row);
        Namespace in = Namespace.of(namespace);
        if (catalog instanceof SupportsNamespaces namespaces) {
            make(() -> namespaces.createNamespace(in), () -> namespaces.namespaceExists(in));
        }
        PartitionSpec parts = PartitionSpec.builderFor(rows.schema())
                .day(day)
                .identity(identity)
                .build();
        make(
                () -> catalog.createTable(identifier(), rows.schema(), parts, properties()),
                () -> catalog.tableExists(identifier()));
    }

    /** Makes what is not there. */
    static void make(Runnable making, BooleanSupplier isThere) {
        if (isThere.getAsBoolean()) {
            return;
        }
        try {
            making.run();
        } catch (RuntimeException e) {
            if (!isThere.getAsBoolean()) {
                throw e;
            }
        }
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES);
        properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
        properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, METADATA_KEPT);
        return properties;
    }
}
