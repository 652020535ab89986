package io.millrace.lake;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakePositions;
import io.millrace.logic.audit.AuditChain;
import io.millrace.logic.audit.AuditVerifier;
import io.millrace.logic.audit.AuditVerifier.Finding;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description =
                "Follow the chain of each partition through the table, and tell each row that was altered, added or"
                        + " taken out. Exit status 1 when there is one.")
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final long TELL_EVERY = 1_000_000;

    @Mixin
    private LakeOption lake;

    @Mixin
    private KeyOption key;

    private long shown;

    @Override
    public Integer call() throws IOException {
        LakeCatalog catalog = lake.lake();
        AuditVerifier verifier = new AuditVerifier(new AuditChain(key.read(lake)), this::show);
        // First: what is added meanwhile is behind them.
        Collection<SourcePosition> ends = LakePositions.of(catalog, DeclaredTables.EVENTS);
        Properties stream = new Properties();
        stream.setProperty("jdbc_stream_results", "true");
        try (LakeCatalog.Opened opened = catalog.open();
                Connection engine = DriverManager.getConnection("jdbc:duckdb:", stream);
                Statement sql = engine.createStatement()) {
            sql.execute("SET TimeZone = 'UTC'");
            new LakeTables(opened.catalog(), LakeTables.AsOf.NOW).show(engine);
            ResultRows<AuditEvent> rows = new ResultRows<>(AuditEvent.class);
            try (ResultSet result =
                    sql.executeQuery("SELECT * FROM audit.events ORDER BY topic, \"partition\", \"offset\"")) {
                while (result.next()) {
                    verifier.row(rows.read(result));
                    if (verifier.rows() % TELL_EVERY == 0) {
                        System.err.printf("%,d rows …%n", verifier.rows());
                    }
                }
            }
        } catch (SQLException e) {
            throw new CommandFailure("the table can't be read: " + e.getMessage(), e);
        }
        verifier.ends(ends);
        if (verifier.found() > shown) {
            System.out.printf("and %,d more%n", verifier.found() - shown);
        }
        System.out.printf(
                "%s: %,d rows of %,d partitions, %,d of them erased%n",
                verifier.found() == 0 ? "Clean" : verifier.found() + " found",
                verifier.rows(),
                verifier.partitions(),
                verifier.erased());
        return verifier.found() == 0 ? 0 : 1;
    }

    private void show(Finding finding) {
        if (shown < SHOWN) {
            shown++;
            System.out.printf(
                    "%s %s/%d at offset %d%n", finding.fault(), finding.topic(), finding.partition(), finding.offset());
        }
    }
}
