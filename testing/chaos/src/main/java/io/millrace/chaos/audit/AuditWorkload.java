package io.millrace.chaos.audit;

import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.digest.DigestPlan;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Offences;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of a topic, good and bad ones: each is in the lake once, and its chain is whole. */
public final class AuditWorkload implements Workload {
    private static final String AUDITED = Topics.TASK_UPDATES;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEY_BYTES = 32;
    private static final String ROWS =
            "SELECT \"partition\", \"offset\" FROM audit.events WHERE topic = '" + AUDITED + "'";

    private final Path data;
    private final LakeCommand lake;

    private AuditWorkload(Path data) {
        this.data = data;
        this.lake = new LakeCommand(Path.of(System.getProperty("millrace.home", ".")), data);
    }

    /** @param directory for the lake and its key */
    public static AuditWorkload in(Path directory) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Path data = Files.createDirectories(directory.resolve("audit"));
            Files.write(data.resolve("audit.key"), key);
            return new AuditWorkload(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<TopicSpec> topics(int partitions) {
        return List.of(
                TopicSpec.logAppended(AUDITED, partitions), TopicSpec.logAppended(Topics.AUDIT_ANCHORS, partitions));
    }

    /** Maintenance often too, as it changes the same table. */
    @Override
    public List<String> arguments() {
        return List.of(
                "--audited-topics",
                AUDITED,
                "--lake.directory",
                data.resolve("lake").toString(),
                "--key-file",
                data.resolve("audit.key").toString(),
                "--commit-interval",
                "1 s",
                "--maintenance.interval",
                "5 s");
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        List<Publication> plan = DigestPlan.of(seed, "e" + number + "-");
        return new Act() {
            @Override
            public List<Publication> publications() {
                return plan;
            }

            @Override
            public Report judge(Instant start) {
                return AuditWorkload.this.judge(bootstrapServers);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        return judge(bootstrapServers);
    }

    /** All that was ever published; looks again for a while when something is not there yet. */
    private Report judge(String bootstrapServers) {
        Instant start = Instant.now();
        try (TopicProbe probe = new TopicProbe(bootstrapServers, topics(PARTITIONS))) {
            probe.readToEnd(List.of(AUDITED));
            Set<String> published = new HashSet<>();
            probe.read(AUDITED).forEach(record -> published.add(record.partition() + "," + record.offset()));
            Report report;
            do {
                report = report(published, start);
            } while (!report.isClean() && Duration.between(start, Instant.now()).compareTo(PATIENCE) < 0);
            return report;
        }
    }

    private Report report(Set<String> published, Instant start) {
        Offences offences = new Offences();
        Set<String> rows = new HashSet<>();
        for (String row : rows()) {
            if (!rows.add(row)) {
                offences.add(OffenceKind.TWICE, "the row of " + row);
            } else if (!published.contains(row)) {
                offences.add(OffenceKind.WRONG, "a row of " + row + ", where no record is");
            }
        }
        published.stream()
                .filter(record -> !rows.contains(record))
                .forEach(record -> offences.add(OffenceKind.LOST, "no row of " + record));
        LakeCommand.Answer verified = lake.run("audit", "verify");
        if (verified.status() != 0) {
            offences.add(OffenceKind.WRONG, "audit verify: " + String.join("\n", verified.lines()));
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("records", (long) published.size());
        counts.put("rows", (long) rows.size());
        String headline = "%d records, %d rows".formatted(published.size(), rows.size());
        return new Report(
                headline,
                offences.text(headline),
                Duration.between(start, Instant.now()),
                0,
                counts,
                offences.counts());
    }

    /** Of each row partition and offset, with a comma between; none before there is a table. */
    private List<String> rows() {
        if (!Files.exists(data.resolve("lake").resolve("catalog.db"))) {
            return List.of();
        }
        LakeCommand.Answer answer = lake.run("sql", "--format", "csv", ROWS);
        if (answer.status() != 0) {
            throw new IllegalStateException("the lake can't be read: " + String.join("\n", answer.lines()));
        }
        return answer.lines().stream().filter(line -> line.matches("\\d+,\\d+")).toList();
    }

    @Override
    public void close() {
        // Nothing of it runs outside the cluster.
    }
}
