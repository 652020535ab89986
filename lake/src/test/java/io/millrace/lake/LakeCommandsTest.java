package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.logic.audit.AuditChain;
import io.millrace.logic.audit.AuditReader;
import io.millrace.logic.audit.FigureRows;
import io.millrace.logic.audit.Seal;
import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.FiguresCounted.Distribution;
import io.millrace.schema.analytics.Period;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.view.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCommandsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    @TempDir
    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<AuditEvent> rows = new ArrayList<>();
    private TestLake lake;

    @BeforeEach
    void makeLake() throws Exception {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Files.write(data.resolve("audit.key"), KEY);
        lake = new TestLake(LakeCatalog.local(data.resolve("lake")));
        AuditReader reader = new AuditReader(KEY);
        Seal seal = new Seal(new AuditChain(KEY), () -> new byte[] {1, 2});
        for (int i = 0; i < 10; i++) {
            String event =
                    "{\"schema_version\":1,\"event_id\":\"e-%d\",\"event_type\":\"task.created\",\"occurred_at\":\"2026-11-20T09:00:00Z\",\"user_id\":\"u-%d\",\"task_id\":\"t-%d\",\"title\":\"Mail jane@example.org, now\",\"remind_before_minutes\":[60,0]}"
                            .formatted(i / 2, i % 3, i);
            rows.add(seal.seal(reader.read(new SourceRecord(
                    "task-events",
                    0,
                    i,
                    1_700_000_000_000L + i,
                    null,
                    event.getBytes(StandardCharsets.UTF_8),
                    List.of()))));
        }
        rows.add(seal.seal(reader.read(
                new SourceRecord("task-events-dlq", 0, 0, 1_700_000_000_000L, null, new byte[] {'{', 1}, List.of()))));
    }

    @AfterEach
    void restoreOutput() {
        System.setOut(OUT);
        System.setErr(ERR);
    }

    @Test
    void aTableThatHasNoRowsYetCanBeQueried() throws Exception {
        lake.append(List.of());

        assertThat(sql("SELECT count(*) AS n FROM audit.events")).isZero();
        assertThat(printed()).isEqualTo("n\n0\n");
    }

    @Test
    void resultsAreCsvJsonOrATable() throws Exception {
        lake.append(rows);

        assertThat(sql(
                        "--format",
                        "csv",
                        "SELECT \"offset\", task_id, NULL AS none FROM audit.events WHERE \"offset\" = 3"))
                .isZero();
        assertThat(printed()).isEqualTo("offset,task_id,none\n3,t-3,\n");
        sql("--format", "json", "SELECT \"offset\", log_time, NULL AS none FROM audit.events WHERE \"offset\" = 3");
        assertThat(printed()).isEqualTo("{\"offset\":3,\"log_time\":\"2023-11-14T22:13:20.003Z\",\"none\":null}\n");
        sql("--format", "table", "SELECT task_id FROM audit.events WHERE \"offset\" = 3");
        assertThat(printed()).contains("task_id").contains("t-3").contains("1 rows");
    }

    @Test
    void eachTypeOfEventHasAViewWithItsFields() throws Exception {
        lake.append(rows);

        sql(
                "SELECT count(*) AS n, any_value(title) AS title, any_value(remind_before_minutes) AS reminds FROM events.task_created");

        // One row for each event id.
        assertThat(printed()).containsPattern("5,\"?Mail TOKEN_[0-9a-f-]+, now\"?,\"\\[60,0\\]\"");
    }

    @Test
    void columnsHaveTheTypesOfTheFields() throws Exception {
        lake.append(rows);

        sql("SELECT column_name || ' ' || data_type AS c FROM information_schema.columns WHERE table_schema = 'events'"
                + " AND table_name = 'agent_result' AND column_name IN ('tenant', 'occurred_at', 'status', 'cost_micros',"
                + " 'cached', 'output') ORDER BY 1");
        assertThat(printed())
                .isEqualTo("c\ncached BOOLEAN\ncost_micros BIGINT\noccurred_at TIMESTAMP WITH TIME ZONE\noutput JSON\n"
                        + "status VARCHAR\ntenant VARCHAR\n");
    }

    @Test
    void aQueryCanNeitherReadNorChangeAnythingElse() throws Exception {
        lake.append(rows);
        Path other = Files.writeString(data.resolve("other.csv"), "a\n1\n");

        assertThat(sql("SELECT * FROM read_csv('" + other + "')")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("disabled by configuration");
        assertThat(sql("COPY (SELECT 1) TO '" + data.resolve("x") + "'")).isOne();
        assertThat(sql("DELETE FROM audit.events")).isOne();
        assertThat(sql("SET enable_external_access = true")).isOne();
    }

    @Test
    void aResultCanBeWrittenToAParquetFile() throws Exception {
        lake.append(rows);
        Path file = data.resolve("result.parquet");

        assertThat(sql("--parquet", file.toString(), "SELECT * FROM audit.events"))
                .as(err::toString)
                .isZero();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void tablesCanBeSeenAsTheyWere() throws Exception {
        long first = lake.append(rows.subList(0, 4));
        lake.append(rows.subList(4, 11));

        sql("--as-of", Long.toString(first), "SELECT count(*) AS n FROM audit.events");
        assertThat(printed()).isEqualTo("n\n4\n");
        sql("--as-of", "2099-01-01T00:00:00Z", "SELECT count(*) AS n FROM audit.events");
        assertThat(printed()).isEqualTo("n\n11\n");
        assertThat(sql("--as-of", "12345", "SELECT 1")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no snapshot 12345");
        assertThat(sql("--as-of", "yesterday", "SELECT 1")).isEqualTo(2);
    }

    @Test
    void ofEachRowOfFiguresTheLatestCounts() throws Exception {
        lake.append(rows);
        lake.append(DeclaredTables.FIGURES, figures());

        sql("SELECT tenant, agent, answered_by, calls, total_ms_p95, total_ms_bins[153] AS n, status, revision"
                + " FROM analytics.agent_calls ORDER BY agent");
        assertThat(printed())
                .isEqualTo("tenant,agent,answered_by,calls,total_ms_p95,n,status,revision\n"
                        + "acme,a-1,,3,20,3,open,1\nacme,a-2,,7,20,7,closed,2\n");
        assertThat(sql("SELECT * FROM analytics.dead_letters"))
                .as(err::toString)
                .isZero();
    }

    @Test
    void viewsOfFiguresAreInTheCatalogForItsEngines() throws Exception {
        lake.append(DeclaredTables.FIGURES, figures());

        try (LakeCatalog.Opened catalog =
                LakeCatalog.local(data.resolve("lake")).open()) {
            ViewCatalog views = (ViewCatalog) catalog.catalog();
            assertThat(views.listViews(Namespace.of("analytics"))).hasSize(FigureTable.values().length);
            View calls = views.loadView(TableIdentifier.of("analytics", "agent_calls"));
            assertThat(calls.sqlFor("trino").sql()).contains("element_at(figures, 'calls') AS calls");
            assertThat(calls.sqlFor("spark").sql()).contains("figures['calls'] AS calls");
            assertThat(calls.schema().columns()).extracting(NestedField::name).contains("answered_by", "total_ms_bins");
        }
    }

    @Test
    void theReadyQueriesAnswer() throws Exception {
        lake.append(rows);
        lake.append(DeclaredTables.FIGURES, figures());

        try (Stream<Path> files = Files.list(Path.of("../docs/examples/sql"))) {
            List<Path> queries =
                    files.filter(file -> file.toString().endsWith(".sql")).toList();
            assertThat(queries).hasSizeGreaterThanOrEqualTo(12);
            for (Path query : queries) {
                assertThat(sql("--file", query.toString()))
                        .as("%s: %s", query, err)
                        .isZero();
            }
        }
        assertThat(sql("--file", "nowhere.sql")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--file: nowhere.sql can't be read");
        assertThat(sql()).isEqualTo(2);
        assertThat(sql("--file", "x.sql", "SELECT 1")).isEqualTo(2);
    }

    /** Two rows, one of which was told twice. */
    private static List<FigureRow> figures() throws Exception {
        FigureRows made = new FigureRows(KEY);
        List<FigureRow> figures = new ArrayList<>();
        String[] told = {"a-1,open,1,3", "a-2,open,1,5", "a-2,closed,2,7"};
        for (int i = 0; i < told.length; i++) {
            String[] row = told[i].split(",");
            Distribution distribution =
                    new Distribution(Long.parseLong(row[3]), 20, 20, 20, 20, List.of(153L, Long.parseLong(row[3])));
            FiguresCounted counted = new FiguresCounted(
                    new Envelope(new UUID(0, i), "analytics.counted", Instant.EPOCH, "acme", null, null),
                    FigureTable.AGENT_CALLS,
                    Period.HOUR,
                    Instant.parse("2026-12-02T07:00:00Z"),
                    Map.of("agent", row[0]),
                    FiguresCounted.Status.valueOf(row[1].toUpperCase(Locale.ROOT)),
                    Long.parseLong(row[2]),
                    Map.of("calls", Long.parseLong(row[3])),
                    Map.of("total_ms", distribution));
            figures.add(made.row(
                    new SourceRecord("analytics", 0, i, 1_700_000_000_000L, null, counted.toJson(), List.of())));
        }
        return figures;
    }

    @Test
    void aMistakeIsSaidInTheEnginesWords() throws Exception {
        lake.append(rows);

        assertThat(sql("SELECT nothing FROM audit.events")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing").doesNotContain("Exception");
    }

    @Test
    void whereThereIsNoLakeItSaysSo() {
        assertThat(Main.run("sql", "--data-dir", data.resolve("nowhere").toString(), "SELECT 1"))
                .isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no lake at");
    }

    @Test
    void whatIsUntouchedIsVerified() throws Exception {
        lake.append(rows);

        assertThat(verify()).as(err::toString).isZero();
        assertThat(printed()).contains("Clean: 11 rows of 2 partitions");
    }

    @Test
    void aPersonIsErasedAndTheChainStillVerifies() throws Exception {
        lake.append(rows.subList(0, 6));
        lake.append(rows.subList(6, 11));

        assertThat(erase("--user", "u-1")).as(err::toString).isZero();
        assertThat(printed()).contains("3 rows in 2 files would be erased").contains("--yes");
        assertThat(erase("--user", "u-1", "--reference", "request 17", "--yes")).isZero();
        assertThat(printed()).contains("3 rows erased");

        assertThat(verify()).as(err::toString).isZero();
        assertThat(printed()).contains("Clean: 11 rows of 2 partitions, 3 of them erased");
        sql("SELECT count(*) AS n FROM audit.events WHERE user_id = 'u-1' OR (payload IS NULL AND salt IS NULL AND"
                + " task_id IS NULL AND headers IS NULL)");
        assertThat(printed()).isEqualTo("n\n3\n");
        sql("SELECT reference, tenant, rows FROM audit.erasures");
        assertThat(printed()).isEqualTo("reference,tenant,rows\nrequest 17,default,3\n");
        try (Stream<Path> files = Files.walk(data.resolve("lake"))) {
            assertThat(files.filter(file -> file.toString().contains("/events/")
                            && file.toString().endsWith(".parquet")))
                    .as("the files that had them are gone")
                    .hasSize(3);
        }
        assertThat(erase("--user", "nobody", "--yes")).isZero();
        assertThat(printed()).contains("0 rows erased");
        assertThat(verify()).isZero();
    }

    @Test
    void whatWasAlteredIsFound() throws Exception {
        AuditEvent row = rows.get(4);
        AuditEvent other = rows.get(5);
        rows.set(4, other.sealed(row.after(), row.salt(), row.digest(), row.link()));
        lake.append(rows);

        assertThat(verify()).isOne();
        assertThat(printed()).contains("task-events/0 at offset 5");
    }

    @Test
    void aTableThatWasCutOffIsFound() throws Exception {
        lake.append(rows);
        lake.appendedElsewhere("task-events", 0, 17);

        assertThat(verify()).isOne();
        assertThat(printed()).contains("CUT_OFF task-events/0 at offset 17");
    }

    @Test
    void figuresAreWorkedOutAnewFromTheEvents() throws Exception {
        Instant made = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(Duration.ofDays(10))
                .plus(Duration.ofHours(9));
        lake.append(List.of(
                audited(0, made, view(made, 1, "open", made)),
                audited(1, made.plusSeconds(5), view(made, 2, "completed", made.plusSeconds(4))),
                audited(2, made.plusSeconds(6), view(made, 2, "completed", made.plusSeconds(4))),
                audited(3, made.plus(Duration.ofDays(2)), "no event")));
        lake.append(DeclaredTables.FIGURES, List.of());

        assertThat(backfill()).as(err::toString).isOne();
        String row = "tasks day " + made.truncatedTo(ChronoUnit.DAYS) + " acme {priority=P1}: ";
        assertThat(printed()).contains(row + "is missing").contains("4 found: 4 closed rows follow from 3 events");
        assertThat(backfill("--write")).isZero();
        assertThat(printed()).contains("wrote 4 rows");
        sql("SELECT created, completed, completed_on_time FROM analytics.tasks WHERE period = 'day'");
        assertThat(printed()).isEqualTo("created,completed,completed_on_time\n1,1,1\n");
        assertThat(backfill()).isZero();
        // Those of the day were told last: what was read before them may not be all of them.
        assertThat(printed()).contains("Clean: 2 closed rows");

        lake.append(
                DeclaredTables.FIGURES,
                List.of(told(made, "P1", 5, 2), told(made, "P3", 1, 2), told(made, "P4", 1, 3)));
        assertThat(backfill()).isOne();
        assertThat(printed())
                .contains(row + "{completed=0, by the events 1")
                .contains("created=5, by the events 1")
                .contains("acme {priority=P3}: comes of no event");
    }

    private AuditEvent audited(long offset, Instant time, String value) {
        return new AuditReader(KEY)
                .read(new SourceRecord(
                        "task-updates",
                        0,
                        offset,
                        time.toEpochMilli(),
                        null,
                        value.getBytes(StandardCharsets.UTF_8),
                        List.of()));
    }

    private static String view(Instant made, int version, String status, Instant changed) {
        return """
                {"schema_version":1,"event_id":"%s","event_type":"task.changed","occurred_at":"%s","tenant":"acme",
                 "user_id":"u-1","task_id":"t-1","version":%d,"status":"%s","title":"Pay","priority":"P1","tags":["home"],
                 "due_at":"%s","cause":{"event_id":"%s","event_type":"task.created"},"created_at":"%s","updated_at":"%s"}
                """
                .formatted(
                        UUID.randomUUID(),
                        changed,
                        version,
                        status,
                        made.plusSeconds(3_600),
                        UUID.randomUUID(),
                        made,
                        changed);
    }

    private static FigureRow told(Instant made, String priority, long created, int days) {
        Instant day = made.truncatedTo(ChronoUnit.DAYS);
        Instant now = Instant.now().plusSeconds(3_600);
        return new FigureRow(
                "tasks",
                FiguresCounted.key(FigureTable.TASKS, Period.DAY, day.toEpochMilli(), "acme", List.of(priority)),
                "acme",
                "day",
                day,
                Map.of("priority", priority),
                "closed",
                9,
                Map.of("created", created, "completed", 0L),
                Map.of(),
                made.plus(Duration.ofDays(days)),
                "analytics",
                0,
                7,
                now,
                -1);
    }

    private int backfill(String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit", "backfill", "--data-dir", data.toString()));
        all.addAll(List.of(arguments));
        return Main.run(all.toArray(String[]::new));
    }

    private int sql(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sql", "--data-dir", data.toString()));
        all.addAll(List.of(arguments));
        return Main.run(all.toArray(String[]::new));
    }

    private int erase(String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit", "erase", "--data-dir", data.toString()));
        all.addAll(List.of(arguments));
        return Main.run(all.toArray(String[]::new));
    }

    private int verify() {
        return Main.run("audit", "verify", "--data-dir", data.toString());
    }

    private String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
