package io.millrace.lake;

import io.millrace.connectors.lakehouse.LakeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.iceberg.CatalogProperties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        description = "Query the lake's tables with SQL (DuckDB), as of one snapshot; nothing can be changed.")
final class SqlCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "QUERY",
            arity = "0..1",
            description = "Such as: SELECT event_type, count(*) FROM audit.events GROUP BY 1")
    private String query;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "A file with a query, such as one of docs/examples/sql; several are answered one after the other.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv or json. Default: table on a terminal, else csv.")
    private ResultFormat format;

    @Option(names = "--parquet", paramLabel = "FILE", description = "Write the result to a Parquet file.")
    private Path parquet;

    @Option(
            names = "--as-of",
            paramLabel = "WHEN",
            description = "As the tables were: a time such as 2026-11-20T09:00:00Z, or the id of a snapshot.")
    private String asOf;

    @Mixin
    private LakeOption lake;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((query == null) == files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give either a query or --file");
        }
        if (parquet != null && files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--parquet takes the result of one query");
        }
        List<String> queries = files.isEmpty()
                ? List.of(query)
                : files.stream().map(SqlCommand::read).toList();
        LakeCatalog catalog = lake.lake();
        LakeTables.AsOf when = when();
        try (LakeCatalog.Opened opened = catalog.open();
                Connection engine = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = engine.createStatement()) {
            sql.execute("SET TimeZone = 'UTC'");
            new LakeTables(opened.catalog(), when).show(engine);
            LakeViews.show(engine);
            close(sql, catalog);
            for (String one : queries) {
                run(sql, one);
            }
            return 0;
        } catch (SQLException e) {
            throw new CommandFailure(said(e), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure("--file: " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private LakeTables.AsOf when() {
        if (asOf == null) {
            return LakeTables.AsOf.NOW;
        }
        if (asOf.matches("\\d{1,19}")) {
            return new LakeTables.AsOf(Long.valueOf(asOf), null);
        }
        try {
            return new LakeTables.AsOf(null, OffsetDateTime.parse(asOf).toInstant());
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "--as-of: must be a time with offset or the id of a snapshot, is " + asOf, e);
        }
    }

    /** From here on a query reads the lake's files and nothing else. */
    private void close(Statement sql, LakeCatalog catalog) throws SQLException {
        String warehouse = catalog.properties().get(CatalogProperties.WAREHOUSE_LOCATION);
        String directories = LakeTables.literal(LakeTables.path(warehouse));
        if (parquet != null) {
            sql.execute("SET allowed_paths = ["
                    + LakeTables.literal(parquet.toAbsolutePath().toString()) + "]");
        }
        sql.execute("SET allowed_directories = [" + directories + "]");
        sql.execute("SET enable_external_access = false");
        sql.execute("SET lock_configuration = true");
    }

    private void run(Statement sql, String text) throws SQLException, IOException {
        if (parquet != null) {
            sql.execute("COPY (" + text.strip().replaceAll(";$", "") + "\n) TO "
                    + LakeTables.literal(parquet.toAbsolutePath().toString()) + " (FORMAT parquet)");
            return;
        }
        ResultFormat as = format != null ? format : System.console() != null ? ResultFormat.TABLE : ResultFormat.CSV;
        if (as == ResultFormat.TABLE) {
            // What a query of a file is about.
            text.lines().takeWhile(line -> line.startsWith("-- ")).forEach(System.out::println);
        }
        try (ResultSet result = sql.executeQuery(text)) {
            as.write(result, System.out);
        }
    }

    /** What the engine says, less its own layers. */
    private static String said(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int error = message.indexOf("Error: ");
        return error < 0
                ? message
                : message.substring(error + "Error: ".length()).strip();
    }
}
