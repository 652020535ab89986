package io.millrace.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeRows;
import io.millrace.connectors.lakehouse.LakeTable;
import io.millrace.connectors.lakehouse.RowSchema;
import io.millrace.logic.audit.AuditChain;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.Period;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.testing.Await;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class AuditJobITCase {
    private static final int PARTITIONS = 3;

    @TempDir
    static Path directory;

    @Test
    void eachRecordIsInTheTableOnceThoughTaskManagersDie() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef");
        LakeCatalog lake = LakeCatalog.local(directory.resolve("lake"));
        try (JobBed bed = JobBed.start(AuditJob.JOB, directory, 2, 1);
                TopicProbe topics = new TopicProbe(
                        bed.broker(),
                        List.of(
                                TopicSpec.logAppended("orders", PARTITIONS),
                                TopicSpec.logAppended("analytics", PARTITIONS),
                                TopicSpec.logAppended("audit-anchors", 1)))) {
            JobID job = bed.run(2, arguments(bed, key));
            publish(topics, "orders", 0, 500);
            publishFigures(topics, 0, 40);
            bed.cluster().awaitRunning(job);
            bed.cluster().awaitCheckpoint(job);
            publish(topics, "orders", 500, 1_000);
            publishFigures(topics, 40, 60);
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);
            try (TopicProbe later = new TopicProbe(bed.broker(), List.of(TopicSpec.logAppended("made-later", 1)))) {
                publish(topics, "orders", 1_000, 1_200);
                publish(later, "made-later", 0, 50);
                Await.until(
                        "all rows",
                        () -> "as many as there are records",
                        () -> rows(lake).size() >= 1_310 && figures(lake).size() >= 60);

                requireChains(rows(lake));
                assertThat(rows(lake)).hasSize(1_310);
                assertThat(figures(lake)).hasSize(60);
                topics.await("anchors", () -> topics.read("audit-anchors").size() >= PARTITIONS + 1);
            }
            bed.cluster().cancel(job);

            // Without state, and under another id: it reads on where the table ends.
            publish(topics, "orders", 1_200, 1_300);
            publishFigures(topics, 60, 80);
            JobID next = bed.run(2, arguments(bed, key));
            Await.until(
                    "all rows",
                    () -> "as many as there are records",
                    () -> rows(lake).size() >= 1_430 && figures(lake).size() >= 80);
            requireChains(rows(lake));
            assertThat(rows(lake)).hasSize(1_430);
            assertThat(figures(lake))
                    .extracting(row -> row.figures().get("letters"))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 80).boxed().toList());
            bed.cluster().cancel(next);
        }
    }

    private static List<String> arguments(JobBed bed, Path key) {
        return List.of(
                "--kafka.bootstrap-servers",
                bed.broker().bootstrapServers(),
                "--lake.directory",
                directory.resolve("lake").toString(),
                "--key-file",
                key.toString(),
                "--commit-interval",
                "1 s");
    }

    private static void publish(TopicProbe topics, String topic, int from, int to) {
        for (int i = from; i < to; i++) {
            String value = "{\"event_id\":\"%s-%d\",\"event_type\":\"order.placed\",\"user_id\":\"u-%d\"}"
                    .formatted(topic, i, i % 7);
            topics.publish(topic, "u-" + i % 7, value.getBytes(StandardCharsets.UTF_8));
        }
        topics.flush();
    }

    private static void publishFigures(TopicProbe topics, int from, int to) {
        for (int i = from; i < to; i++) {
            FiguresCounted row = new FiguresCounted(
                    new Envelope(new UUID(0, i), "analytics.counted", Instant.now(), "acme", null, null),
                    FigureTable.DEAD_LETTERS,
                    Period.HOUR,
                    Instant.parse("2026-12-02T07:00:00Z"),
                    Map.of("topic", "t-" + i % 7, "code", "not_json"),
                    FiguresCounted.Status.OPEN,
                    1,
                    Map.of("letters", (long) i),
                    Map.of());
            topics.publish("analytics", row.key(), row.toJson());
        }
        topics.flush();
    }

    private static List<AuditEvent> rows(LakeCatalog lake) throws Exception {
        return rows(lake, DeclaredTables.EVENTS);
    }

    private static List<FigureRow> figures(LakeCatalog lake) throws Exception {
        return rows(lake, DeclaredTables.FIGURES);
    }

    private static <R extends Record> List<R> rows(LakeCatalog lake, LakeTable<R> table) throws Exception {
        List<R> rows = new ArrayList<>();
        try (LakeCatalog.Opened catalog = lake.open()) {
            if (table.exists(catalog.catalog())) {
                LakeRows.forEach(
                        table.load(catalog.catalog()), RowSchema.of(table.row()), Expressions.alwaysTrue(), rows::add);
            }
        }
        return rows;
    }

    private static void requireChains(List<AuditEvent> rows) {
        AuditChain chain = new AuditChain("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        Map<String, TreeMap<Long, AuditEvent>> partitions = new HashMap<>();
        for (AuditEvent row : rows) {
            AuditEvent before = partitions
                    .computeIfAbsent(row.topic() + row.partition(), source -> new TreeMap<>())
                    .put(row.offset(), row);
            assertThat(before).as("a record is in the table once").isNull();
        }
        partitions.values().forEach(partition -> {
            byte[] link = AuditChain.START;
            for (AuditEvent row : partition.values()) {
                assertThat(row.digest()).isEqualTo(chain.digest(row.salt(), row));
                link = chain.link(link, row.digest());
                assertThat(row.link()).isEqualTo(link);
            }
        });
    }
}
