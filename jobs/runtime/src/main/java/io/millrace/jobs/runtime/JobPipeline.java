package io.millrace.jobs.runtime;

import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.connectors.kafka.SinkSettings;
import io.millrace.connectors.kafka.TopicCheck.Use;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.ReadEvents;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job's graph while it is built: makes its sources and sinks, each with its uid, and gathers dead letters. What is
 * read and written is checked once the graph is complete.
 */
public final class JobPipeline {
    /** The type of what sinks take, for operators that send it. */
    public static final TypeInformation<OutboundRecord> OUTBOUND = TypeInformation.of(OutboundRecord.class);

    private static final long UNHURRIED_MILLIS = 100;

    private final Job job;
    private final StreamExecutionEnvironment env;
    private final Configuration values;
    private KafkaConnection kafka;
    private final int maxRecordBytes;
    private final Duration maxHold;
    private final List<Use> uses = new ArrayList<>();
    private final Map<Output, DataStream<OutboundRecord>> deadLetters = new LinkedHashMap<>();

    JobPipeline(Job job, StreamExecutionEnvironment env, Configuration values) {
        this.job = job;
        this.env = env;
        this.values = values;
        this.kafka = KafkaOptions.connection(values);
        this.maxRecordBytes =
                Math.toIntExact(values.get(KafkaOptions.MAX_RECORD).getBytes());
        this.maxHold = notNegative(KafkaOptions.INPUT_CLOCK_MAX_HOLD);
        // Also what is read by something beside the graph.
        job.inputs().forEach(input -> uses.add(Use.read(topic(input))));
    }

    /**
     * Says, before anything is read, that nobody waits for what the job sends: it reads and sends on in fewer pieces. A
     * job that does not say so asks for each record, and has a thread for each task that looks a thousand times a second.
     */
    public void unhurried() {
        env.setBufferTimeout(UNHURRIED_MILLIS);
        kafka = kafka.unhurried();
    }

    /** Says how often this job takes checkpoints, whatever its cluster does. */
    public void checkpointEvery(Duration interval) {
        env.getCheckpointConfig().setCheckpointInterval(interval.toMillis());
    }

    /** What the job was told. */
    public Configuration settings() {
        return values;
    }

    public <T> T setting(ConfigOption<T> option) {
        return values.get(option);
    }

    /** @throws IllegalArgumentException when the setting's value is negative */
    public Duration notNegative(ConfigOption<Duration> option) {
        Duration value = values.get(option);
        if (value.isNegative()) {
            throw new IllegalArgumentException(option.key() + ": must not be negative, is " + value);
        }
        return value;
    }

    /** @throws IllegalArgumentException when the setting's value is no regular expression */
    public Pattern pattern(ConfigOption<String> option) {
        try {
            return Pattern.compile(values.get(option));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(option.key() + ": is no regular expression: " + e.getDescription(), e);
        }
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    public String topic(Input input) {
        return values.get(input.topic());
    }

    public String topic(Output output) {
        return values.get(output.topic());
    }

    /** The topics of all inputs and outputs. */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        job.inputs().forEach(input -> topics.add(topic(input)));
        job.allOutputs().forEach(output -> topics.add(topic(output)));
        return topics;
    }

    /** What is done with which topic. */
    List<Use> uses() {
        return List.copyOf(uses);
    }

    /** The records of an input. The source's watermarks say how far behind the log it is; records need none. */
    public SingleOutputStreamOperator<SourceRecord> read(Input input) {
        String topic = topic(input);
        Source<SourceRecord, ?, ?> source =
                input.ofAll() ? kafka.sourceOfAll(topic, groupId(), maxHold) : kafka.source(topic, groupId(), maxHold);
        return source(source, input.topic().defaultValue());
    }

    /** The records of another topic that is read as an input is, under a uid of its own. */
    public SingleOutputStreamOperator<SourceRecord> read(String topic, String uid) {
        uses.add(Use.read(topic));
        return source(kafka.source(topic, groupId(), maxHold), uid);
    }

    /**
     * The records of all topics whose names match, those that are made later among them.
     *
     * @param start where it begins without state
     */
    public SingleOutputStreamOperator<SourceRecord> readAll(Pattern topics, OffsetsInitializer start, String uid) {
        return source(kafka.sourceOfPattern(topics, groupId(), start), uid);
    }

    /** What a source gives that is the job's own, and reads no topic. One task runs it. */
    public <T> SingleOutputStreamOperator<T> from(Source<T, ?, ?> source, TypeInformation<T> type, String uid) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), uid, type)
                .uid(uid)
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<SourceRecord> source(Source<SourceRecord, ?, ?> source, String uid) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), uid).uid(uid);
    }

    private String groupId() {
        return values.get(job.groupId());
    }

    /** The events of an input; what is none becomes a dead letter of it. */
    public <T> SingleOutputStreamOperator<T> read(Input input, EventReader<T> reader, TypeInformation<T> type) {
        String name = "read-" + input.topic().defaultValue();
        SingleOutputStreamOperator<T> events =
                read(input).process(new ReadEvents<>(reader), type).name(name).uid(name);
        rejectedBy(events, input);
        return events;
    }

    /** Takes what an operator rejects of an input, see {@link Rejections}, to its dead letters. */
    public void rejectedBy(SingleOutputStreamOperator<?> operator, Input input) {
        DataStream<OutboundRecord> letters = operator.getSideOutput(Rejections.DEAD_LETTERS);
        deadLetters.merge(input.deadLetters(), letters, (some, more) -> some.union(more));
    }

    /** Writes a stream to an output. */
    public void write(DataStream<OutboundRecord> records, Output output) {
        uses.add(Use.write(topic(output), Output.OWN_RECORD_BYTES));
        sinkTo(records, kafka.sink(topic(output), sink(output, Output.OWN_RECORD_BYTES)), output);
    }

    /**
     * Writes each record to the topic that it names; that of the output is one of them.
     *
     * @param others that are known, see {@link Output#besides}
     */
    public void writeAddressed(DataStream<AddressedRecord> records, Output output, Output... others) {
        uses.add(Use.write(topic(output), Output.OWN_RECORD_BYTES));
        for (Output other : others) {
            uses.add(Use.write(topic(other), Output.OWN_RECORD_BYTES));
        }
        sinkTo(records, kafka.addressedSink(sink(output, Output.OWN_RECORD_BYTES)), output);
    }

    /** Writes the dead letters, once all there are is known. */
    void finish() {
        deadLetters.forEach((output, letters) -> {
            uses.add(Use.write(topic(output), maxRecordBytes));
            sinkTo(letters, kafka.deadLetterSink(topic(output), sink(output, maxRecordBytes)), output);
        });
    }

    private static <T> void sinkTo(DataStream<T> records, Sink<T> sink, Output output) {
        records.sinkTo(sink).name(output.name()).uid(output.uid());
    }

    /** How an output is delivered. */
    public Delivery delivery(Output output) {
        return values.getOptional(output.delivery()).orElse(values.get(KafkaOptions.DELIVERY));
    }

    SinkSettings sink(Output output, int maxBytes) {
        return new SinkSettings(
                delivery(output),
                values.get(job.transactionalIdPrefix()) + "-" + output.uid(),
                values.get(KafkaOptions.TRANSACTION_TIMEOUT),
                output.linger(),
                maxBytes);
    }
}
