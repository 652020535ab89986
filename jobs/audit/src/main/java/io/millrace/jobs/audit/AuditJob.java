package io.millrace.jobs.audit;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.lakehouse.AuditTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeCommitter;
import io.millrace.connectors.lakehouse.LakeFiles;
import io.millrace.connectors.lakehouse.LakeWriter;
import io.millrace.connectors.lakehouse.SourceRange;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.operators.audit.SealRows;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The audit job: what it reads, and the table it writes. docs/audit.md lists its settings. */
public final class AuditJob {
    private static final Output ANCHORS =
            Output.to(Topics.AUDIT_ANCHORS, "Ends of chains out.").lingering(Duration.ofMillis(20));

    static final ConfigOption<String> AUDITED = key("audited-topics")
            .stringType()
            .defaultValue("(?!_).*")
            .withDescription(
                    "Which topics are audited, those made later too: a regular expression (java.util.regex) that the"
                            + " whole name matches. The topic of anchors is not.");
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
            List.of(AUDITED, DIRECTORY, CATALOG_FILE, KEY_FILE, ACCEPT_GAPS),
            Map.of(DIRECTORY.key(), "${data}/lake", KEY_FILE.key(), "${data}/audit.key"),
            true,
            AuditJob::build);

    private AuditJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        LakeCatalog lake = AuditLake.catalog(job.settings());
        AuditLake parts = new AuditLake(lake, AuditLake.keyFile(job.settings()));
        SingleOutputStreamOperator<LakeFiles> files = job.readAll(
                        topics(job), new OffsetsOfTable(lake, job.setting(ACCEPT_GAPS)), "topics")
                .flatMap(new SealRows(parts))
                .returns(TypeInformation.of(AuditEvent.class))
                .name("seal")
                .uid("seal")
                .transform(
                        "write",
                        TypeInformation.of(LakeFiles.class),
                        new LakeWriter<>(lake, AuditTables.EVENTS, AuditJob::rangeOf))
                .uid("write");
        DataStream<SourcePosition> ends = files.global()
                .transform(
                        "commit", TypeInformation.of(SourcePosition.class), new LakeCommitter(lake, AuditTables.EVENTS))
                .setParallelism(1)
                .uid("commit");
        job.write(
                ends.map(new MakeAnchors(), JobPipeline.OUTBOUND)
                        .setParallelism(1)
                        .name("anchors")
                        .uid("anchors"),
                ANCHORS);
    }

    private static Pattern topics(JobPipeline job) {
        String given = job.setting(AUDITED);
        try {
            Pattern.compile(given);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(AUDITED.key() + ": is no regular expression: " + e.getDescription(), e);
        }
        // Each commit makes anchors: they would never end.
        return Pattern.compile("(?!" + Pattern.quote(job.topic(ANCHORS)) + "$)(?:" + given + ")");
    }

    private static SourceRange rangeOf(AuditEvent row) {
        return new SourceRange(row.topic(), row.partition(), row.after(), row.offset(), row.offset(), row.link());
    }
}
