package io.millrace.bench;

import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.contestants.Assignment;
import io.millrace.contestants.Contestant;
import io.millrace.contestants.ContestantProcess;
import io.millrace.jobs.audit.AuditJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.logic.audit.AuditReader;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Writes a topic to files: as the audit job does, or to plain Parquet files of the same rows. */
final class LakeContestant implements Contestant {
    static final String AUDIT = "audit";
    static final String PARQUET = "parquet";

    /** Between two commits of the audit job, two sets of plain files. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(5);

    private static final byte[] KEY = "the key of a measurement, 32 bytes".getBytes(StandardCharsets.US_ASCII);

    private final String job;
    private final String maintenance;

    private LakeContestant(String job, String maintenance) {
        this.job = job;
        this.maintenance = maintenance;
    }

    /** @param arguments Kafka's address, the number of slots, the job, and the audit job's interval of maintenance */
    public static void main(String[] arguments) {
        ContestantProcess.run(
                new LakeContestant(arguments[2], arguments[3]), arguments[0], Integer.parseInt(arguments[1]));
    }

    /** The assignment's output is the name of the consumer group, its directory that of the files. */
    @Override
    public AutoCloseable start(Assignment assignment, Consumer<Throwable> onFailure) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment(assignment);
        JobEnvironment.prepare(env);
        Path key = assignment.directory().resolve("audit.key");
        Files.write(key, KEY);
        if (job.equals(AUDIT)) {
            audit(env, assignment, key);
        } else {
            parquet(env, assignment);
        }
        return LocalCluster.execute(env, assignment.output(), onFailure);
    }

    private void audit(StreamExecutionEnvironment env, Assignment assignment, Path key) throws Exception {
        AuditJob.JOB.define(env, new String[] {
            "--kafka.bootstrap-servers", assignment.bootstrapServers(),
            "--kafka.group-id", assignment.output(),
            "--audited-topics", Pattern.quote(assignment.input()),
            "--lake.directory", assignment.directory().resolve("lake").toString(),
            "--key-file", key.toString(),
            "--commit-interval", COMMIT_INTERVAL.toSeconds() + " s",
            "--maintenance.interval", maintenance
        });
    }

    private static void parquet(StreamExecutionEnvironment env, Assignment assignment) {
        env.enableCheckpointing(COMMIT_INTERVAL.toMillis());
        KafkaConnection kafka = new KafkaConnection(assignment.bootstrapServers(), new Properties());
        env.fromSource(
                        kafka.sourceOfPattern(
                                Pattern.compile(Pattern.quote(assignment.input())),
                                assignment.output(),
                                OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
                .map(new Tokenise())
                .returns(TypeInformation.of(AuditEvent.class))
                .uid("tokenise")
                .transform(
                        "write",
                        Types.VOID,
                        new PlainParquetWriter(assignment.directory().toString()))
                .uid("write");
    }

    /** As the audit job does, by the same code. */
    private static final class Tokenise extends RichMapFunction<SourceRecord, AuditEvent> {
        private static final long serialVersionUID = 1L;

        private transient AuditReader reader;

        @Override
        public void open(OpenContext context) {
            reader = new AuditReader(KEY);
        }

        @Override
        public AuditEvent map(SourceRecord record) {
            return reader.read(record);
        }
    }
}
