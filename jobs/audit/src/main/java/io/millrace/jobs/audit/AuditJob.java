package io.millrace.jobs.audit;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeCommitter;
import io.millrace.connectors.lakehouse.LakeFiles;
import io.millrace.connectors.lakehouse.LakeTable;
import io.millrace.connectors.lakehouse.LakeWriter;
import io.millrace.connectors.lakehouse.LakeWriter.RowRange;
import io.millrace.connectors.lakehouse.SourceRange;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.operators.audit.KeepFigures;
import io.millrace.operators.audit.SealRows;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.analytics.FigureRowCodec;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The audit job: what it reads, and the table it writes. docs/audit.md lists its settings. */
public final class AuditJob {
    private static final Duration LEAST_COMMIT_INTERVAL = Duration.ofMillis(100);
    private static final Output ANCHORS =
            Output.to(Topics.AUDIT_ANCHORS, "Ends of chains out.").lingering(Duration.ofMillis(20));

    static final ConfigOption<String> AUDITED = key("audited-topics")
            .stringType()
            .defaultValue("(?!_)(?!" + Topics.CONVERSATION_KEYS + "$).*")
            .withDescription(
                    "Which topics are audited, those made later too: a regular expression (java.util.regex) that the"
                            + " whole name matches. The topic of anchors is not; that of the keys of conversations must not be: the"
                            + " lake would keep them.");
    static final ConfigOption<String> FIGURES = key("figures-topic")
            .stringType()
            .defaultValue(Topics.ANALYTICS)
            .withDescription(
                    "The topic of the analytics job, one of those that are audited, whose figures are a table of their own.");
    static final ConfigOption<String> DIRECTORY = key("lake.directory")
            .stringType()
            .noDefaultValue()
            .withDescription("Directory of the tables and their catalog, for one machine; instead of a catalog file.");
    static final ConfigOption<String> CATALOG_FILE = key("lake.catalog-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Properties file on every machine of the cluster with Iceberg's catalog properties, such as type, uri and warehouse.");
    static final ConfigOption<String> KEY_FILE = key("key-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "File on every TaskManager with the key of chains and tokens, at least 32 bytes; whoever has it can"
                            + " make chains and guess tokens.");
    static final ConfigOption<Duration> COMMIT_INTERVAL = key("commit-interval")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription(
                    "How often rows become part of the tables: the job's checkpoint interval, whatever the cluster's is."
                            + " Each commit makes a file for each topic and subtask that had records.");
    static final ConfigOption<Duration> MAINTENANCE = key("maintenance.interval")
            .durationType()
            .defaultValue(Duration.ofMinutes(10))
            .withDescription(
                    "How often small files of the tables are put together and old snapshots forgotten; 0 s for never,"
                            + " where another engine does it.");
    static final ConfigOption<Duration> SNAPSHOTS = key("maintenance.keep-snapshots")
            .durationType()
            .defaultValue(Duration.ofDays(3))
            .withDescription("How long snapshots are kept: how far time travel goes, and longer than any query takes.");
    static final ConfigOption<Boolean> ACCEPT_GAPS = key("accept-gaps")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether to go on where records were deleted before they were read; else the job does not start then.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "audit",
            List.of(),
            List.of(ANCHORS),
            List.of(
                    AUDITED,
                    FIGURES,
                    DIRECTORY,
                    CATALOG_FILE,
                    KEY_FILE,
                    COMMIT_INTERVAL,
                    MAINTENANCE,
                    SNAPSHOTS,
                    ACCEPT_GAPS),
            Map.of(
                    DIRECTORY.key(),
                    "${data}/lake",
                    KEY_FILE.key(),
                    "${data}/audit.key",
                    COMMIT_INTERVAL.key(),
                    "10 s",
                    MAINTENANCE.key(),
                    "1 min"),
            true,
            AuditJob::build);

    private AuditJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        job.unhurried();
        job.checkpointEvery(commitInterval(job));
        LakeCatalog lake = AuditLake.catalog(job.settings());
        AuditLake parts = new AuditLake(lake, AuditLake.keyFile(job.settings()));
        String figures = job.setting(FIGURES);
        SingleOutputStreamOperator<SourceRecord> records =
                job.readAll(topics(job), new OffsetsOfTable(lake, figures, job.setting(ACCEPT_GAPS)), "topics");
        DataStream<SourcePosition> ends = commit(
                records.flatMap(new SealRows(parts))
                        .returns(TypeInformation.of(AuditEvent.class))
                        .name("seal")
                        .uid("seal"),
                job,
                DeclaredTables.EVENTS,
                row -> new SourceRange(
                        row.topic(), row.partition(), row.after(), row.offset(), row.offset(), row.link()),
                "");
        job.write(
                ends.map(new MakeAnchors(), JobPipeline.OUTBOUND)
                        .setParallelism(1)
                        .name("anchors")
                        .uid("anchors"),
                ANCHORS);
        commit(
                records.flatMap(new KeepFigures(parts, figures))
                        .returns(CodecTypeInfo.by(FigureRowCodec.class))
                        .name("figures")
                        .uid("figures"),
                job,
                DeclaredTables.FIGURES,
                row -> new SourceRange(
                        row.topic(), row.partition(), row.after(), row.offset(), row.offset(), SourcePosition.NO_LINK),
                "-figures");
    }

    private static Duration commitInterval(JobPipeline job) {
        Duration interval = job.notNegative(COMMIT_INTERVAL);
        if (interval.toMillis() < LEAST_COMMIT_INTERVAL.toMillis()) {
            throw new IllegalArgumentException(COMMIT_INTERVAL.key() + ": must be at least "
                    + LEAST_COMMIT_INTERVAL.toMillis() + " ms, is " + interval.toMillis() + " ms");
        }
        return interval;
    }

    /**
     * Takes rows to a table.
     *
     * @param suffix of the operators' uids
     */
    private static <R extends Record> DataStream<SourcePosition> commit(
            DataStream<R> rows, JobPipeline job, LakeTable<R> table, RowRange<R> rangeOf, String suffix) {
        LakeCatalog lake = AuditLake.catalog(job.settings());
        return rows.transform(
                        "write" + suffix, TypeInformation.of(LakeFiles.class), new LakeWriter<>(lake, table, rangeOf))
                .uid("write" + suffix)
                .global()
                .transform(
                        "commit" + suffix,
                        TypeInformation.of(SourcePosition.class),
                        new LakeCommitter(lake, table, job.notNegative(MAINTENANCE), job.notNegative(SNAPSHOTS)))
                .setParallelism(1)
                .uid("commit" + suffix);
    }

    private static Pattern topics(JobPipeline job) {
        // Each commit makes anchors: they would never end.
        return Pattern.compile("(?!" + Pattern.quote(job.topic(ANCHORS)) + "$)(?:" + job.pattern(AUDITED) + ")");
    }
}
