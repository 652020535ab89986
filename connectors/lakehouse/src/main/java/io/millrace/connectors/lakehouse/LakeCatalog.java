package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where tables are looked up: any catalog that Iceberg knows, by Iceberg's own properties.
 *
 * @param properties such as {@code type}, {@code uri} and {@code warehouse}
 */
public record LakeCatalog(Map<String, String> properties) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(LakeCatalog.class);
    private static final String NAME = "lake";

    private static final String SQLITE = "jdbc:sqlite:";

    /** How long a process waits for another one that writes to the catalog's file. */
    private static final int BUSY_MILLIS = 30_000;

    public LakeCatalog {
        properties = new TreeMap<>(properties);
    }

    /**
     * A catalog in a file, with tables beside it, for one machine.
     *
     * @param directory made when it is opened
     */
    public static LakeCatalog local(Path directory) {
        Path absolute = directory.toAbsolutePath();
        return new LakeCatalog(Map.of(
                CatalogProperties.CATALOG_IMPL,
                "org.apache.iceberg.jdbc.JdbcCatalog",
                CatalogProperties.URI,
                SQLITE + absolute.resolve("catalog.db") + "?journal_mode=WAL&busy_timeout=" + BUSY_MILLIS,
                CatalogProperties.WAREHOUSE_LOCATION,
                absolute.resolve("tables").toString(),
                CatalogProperties.FILE_IO_IMPL,
                LocalFiles.class.getName(),
                "jdbc.schema-version",
                "V1"));
    }

    /** Opens it; the caller closes it. */
    public Opened open() {
        String uri = properties.getOrDefault(CatalogProperties.URI, "");
        try (OwnClassLoader loader = new OwnClassLoader()) {
            if (uri.startsWith(SQLITE)) {
                loadDriver();
                makeFile(Path.of(uri.substring(SQLITE.length(), uri.indexOf('?'))));
            }
            return open(properties);
        }
    }

    private static Opened open(Map<String, String> properties) {
        return new Opened(CatalogUtil.buildIcebergCatalog(NAME, properties, new Configuration(false)));
    }

    /**
     * Makes the catalog's file where there is none. Iceberg makes its tables in several steps, which fail when two make
     * them at once: so the file is made under another name, and is there whole or not at all.
     */
    private void makeFile(Path file) {
        if (Files.exists(file)) {
            return;
        }
        Path own = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        Map<String, String> made = new TreeMap<>(properties);
        made.put(CatalogProperties.URI, SQLITE + own);
        try {
            Files.createDirectories(file.getParent());
            open(made).close();
            Files.createLink(file, own);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was as fast.
        } catch (IOException e) {
            throw new LakeException("the catalog " + file + " can't be made: " + e, e);
        } finally {
            try {
                Files.deleteIfExists(own);
            } catch (IOException e) {
                LOG.warn("{} is of no use any more and can't be deleted", own, e);
            }
        }
    }

    /** Java looks for drivers once, and not where the classes of a job are. */
    private static void loadDriver() {
        try {
            Class.forName("org.sqlite.JDBC", true, LakeCatalog.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the driver of SQLite is a dependency of this module", e);
        }
    }

    /** A catalog that is open. */
    public record Opened(Catalog catalog) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (catalog instanceof java.io.Closeable closeable) {
                closeable.close();
            }
        }
    }
}
