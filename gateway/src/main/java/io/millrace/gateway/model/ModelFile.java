package io.millrace.gateway.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/**
 * The file of the model. One of another version, or one that can't be read, is thrown away: the log has it all. What is
 * in it is as private as the topics, so only its owner may read it.
 */
final class ModelFile {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFile.class);
    /** Changes with every change of tables, or of what feeds make of records. */
    static final int VERSION = 7;

    private static final String NAME = "model.db";
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");
    private static final int BUSY_MILLIS = 5_000;
    /** Native memory, in KiB. */
    private static final int WRITER_CACHE = 64 * 1024;

    private static final int READER_CACHE = 8 * 1024;
    private static final List<String> COMMON_TABLES = List.of(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE topics (topic TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE positions (topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,"
                    + " PRIMARY KEY (topic, partition)) WITHOUT ROWID",
            "CREATE TABLE owners (owner INTEGER PRIMARY KEY, tenant TEXT NOT NULL, user_id TEXT NOT NULL,"
                    + " UNIQUE (tenant, user_id))",
            "CREATE TABLE changes (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL,"
                    + " user_id TEXT NOT NULL, id TEXT NOT NULL)",
            "CREATE INDEX changes_by_scope ON changes (tenant, user_id, seq)",
            "INSERT INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(8))))");

    private final Path file;

    ModelFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /** The connection that writes; the file and its tables are there afterwards. */
    Connection openWriter(List<Feed> feeds) throws SQLException, IOException {
        prepareDirectory();
        prepareFile();
        Connection connection = null;
        try {
            connection = connect(false);
            if (version(connection) == VERSION) {
                return connection;
            }
            if (version(connection) != 0) {
                LOG.info("The model in {} is of another version and is made anew", file);
            }
        } catch (SQLiteException e) {
            LOG.warn("The model in {} can't be read and is made anew: {}", file, e.getMessage());
        }
        if (connection != null) {
            connection.close();
        }
        delete();
        prepareFile();
        connection = connect(false);
        try {
            makeTables(connection, feeds);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection openReader() throws SQLException {
        return connect(true);
    }

    private Connection connect(boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-(readOnly ? READER_CACHE : WRITER_CACHE));
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            // Positions are in the same transaction: what a crash of the machine takes back is read again.
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        }
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        if (!readOnly) {
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static void makeTables(Connection connection, List<Feed> feeds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : COMMON_TABLES) {
                statement.execute(table);
            }
            for (Feed feed : feeds) {
                for (String table : feed.tables()) {
                    statement.execute(table);
                }
            }
            statement.execute("PRAGMA user_version = " + VERSION);
        }
        connection.commit();
    }

    /** Who may read a directory that was there before is not this program's to say: it may hold more than the model. */
    private void prepareDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
            restrict(directory, "rwx------");
        }
    }

    /** The database gives its other files the permissions of this one. */
    private void prepareFile() throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        for (String suffix : SUFFIXES) {
            restrict(file.resolveSibling(NAME + suffix), "rw-------");
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.exists(path) && Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    void delete() throws IOException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(file.resolveSibling(NAME + suffix));
        }
    }

    /** Of all its files. */
    long bytes() {
        long bytes = 0;
        for (String suffix : List.of("", "-wal")) {
            bytes += file.resolveSibling(NAME + suffix).toFile().length();
        }
        return bytes;
    }
}
