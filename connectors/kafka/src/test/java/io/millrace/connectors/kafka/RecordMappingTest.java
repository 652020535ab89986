package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordMappingTest {
    private static final byte[] KEY = bytes("u-7");
    private static final byte[] VALUE = bytes("{}");

    static Stream<ConsumerRecord<byte[], byte[]>> anyRecord() {
        Headers nullHeader = new RecordHeaders().add("h", null).add("h", bytes("second"));
        return Stream.of(
                consumed(KEY, VALUE, new RecordHeaders().add("traceparent", bytes("00-1"))),
                consumed(null, VALUE, new RecordHeaders()),
                consumed(KEY, null, new RecordHeaders()),
                consumed(null, null, nullHeader),
                consumed(new byte[0], new byte[0], nullHeader),
                consumed(KEY, new byte[] {(byte) 0xff, 0, (byte) 0xc3}, new RecordHeaders()));
    }

    @ParameterizedTest
    @MethodSource("anyRecord")
    void everyRecordIsPassedOnAsItIs(ConsumerRecord<byte[], byte[]> consumed) throws Exception {
        List<SourceRecord> read = new ArrayList<>();

        new SourceRecordDeserializer().deserialize(consumed, new ListCollector<>(read));

        SourceRecord record = read.get(0);
        assertThat(record.key()).isSameAs(consumed.key());
        assertThat(record.value()).isSameAs(consumed.value());
        assertThat(List.of(record.topic(), record.partition(), record.offset(), record.timestamp()))
                .containsExactly("task-events", 3, 42L, 1234L);
        assertThat(record.headers()).hasSize(consumed.headers().toArray().length);
    }

    @Test
    void ofARecordWithVeryManyHeadersTheFirstAreRead() throws Exception {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, null, null);
        for (int i = 0; i < 5_000; i++) {
            record.headers().add("h" + i, null);
        }
        List<SourceRecord> read = new ArrayList<>();
        new SourceRecordDeserializer().deserialize(record, new ListCollector<>(read));

        assertThat(read.get(0).headers()).hasSize(SourceRecordDeserializer.MOST_HEADERS);
        assertThat(read.get(0).headers().get(0).key()).isEqualTo("h0");
    }

    @Test
    void headersKeepTheirOrderAndNullValues() throws Exception {
        List<SourceRecord> read = new ArrayList<>();
        Headers headers =
                new RecordHeaders().add("h", null).add("g", bytes("1")).add("h", bytes("2"));

        new SourceRecordDeserializer().deserialize(consumed(KEY, VALUE, headers), new ListCollector<>(read));

        assertThat(read.get(0).headers()).extracting(RecordHeader::key).containsExactly("h", "g", "h");
        assertThat(read.get(0).headers().get(0).value()).isNull();
    }

    @Test
    void recordsTravelWithoutGenericSerialization() {
        Configuration noGenericTypes = new Configuration();
        noGenericTypes.set(PipelineOptions.GENERIC_TYPES, false);
        SerializerConfigImpl config = new SerializerConfigImpl(noGenericTypes);

        assertThatCode(() -> new SourceRecordDeserializer().getProducedType().createSerializer(config))
                .doesNotThrowAnyException();
        assertThatCode(() -> TypeInformation.of(OutboundRecord.class).createSerializer(config))
                .doesNotThrowAnyException();
    }

    @Test
    void anOutboundRecordIsWrittenWithItsHeadersAndTheBrokersTime() {
        OutboundRecord outbound = new OutboundRecord(
                KEY, VALUE, List.of(new RecordHeader("error_code", bytes("not_json")), new RecordHeader("h", null)));

        ProducerRecord<byte[], byte[]> record =
                new OutboundRecordSerializer("reminders").serialize(outbound, null, 99L);

        assertThat(record.topic()).isEqualTo("reminders");
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(record.key()).isSameAs(KEY);
        assertThat(record.value()).isSameAs(VALUE);
        assertThat(record.headers().toArray()).extracting(h -> h.key()).containsExactly("error_code", "h");
    }

    @Test
    void aDeadLetterOfATombstoneIsATombstone() {
        ProducerRecord<byte[], byte[]> record = new OutboundRecordSerializer("task-events-dlq")
                .serialize(new OutboundRecord(null, null, List.of()), null, null);

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "task-events",
                3,
                42,
                1234,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                key,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
