package io.millrace.operators.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.slo.LagInput;
import io.millrace.logic.slo.Objective;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignObjectivesTest {

    private static TwoInputStreamOperatorTestHarness<LagSampled, SourceRecord, LagInput> assigning(
            OperatorSubtaskState from) throws Exception {
        var harness = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new AssignObjectives()));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private static List<String> objectives(
            TwoInputStreamOperatorTestHarness<LagSampled, SourceRecord, LagInput> harness, String group, String topic)
            throws Exception {
        harness.processElement1(new StreamRecord<>(sample(group, topic)));
        List<LagInput> inputs = harness.extractOutputValues();
        return inputs.get(inputs.size() - 1).objectives().stream()
                .map(Objective::name)
                .toList();
    }

    @Test
    void whatIsDefinedCountsForWhomItIsAfterARestartToo() throws Exception {
        OperatorSubtaskState state;
        try (var harness = assigning(null)) {
            assertThat(objectives(harness, "billing", "orders")).containsExactly("default");
            define(harness, "a", "'group':'billing','max_lag_seconds':30");
            define(harness, "b", "'topic_pattern':'orders-.*','max_lag_records':30");
            define(harness, "c", "'group_pattern':'b.*','topic':'orders-1','max_lag_records':30");
            define(harness, "d", "'max_lag_records':30");
            harness.processElement2(new StreamRecord<>(record("d", null)));
            state = harness.snapshot(1, 1);
        }
        try (var harness = assigning(state)) {
            assertThat(objectives(harness, "billing", "orders")).containsExactly("a");
            assertThat(objectives(harness, "billing", "orders-1")).containsExactly("a", "b", "c");
            assertThat(objectives(harness, "other", "orders-2")).containsExactly("b");
            assertThat(objectives(harness, "other", "orders")).containsExactly("default");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | 'max_lag_records':30,'target':1 | target: must be between 0.5 and 0.99999, is 1.0",
                "x | 'max_lag_records':30,'target':'a lot' | target: expected a number",
                "x | 'target':0.9 | max_lag_seconds: missing",
                "x | 'max_lag_records':30,'normal_lag_records':31 | normal_lag_records: must not be more than max_lag_records",
                "x | 'max_lag_records':30,'group':'a','group_pattern':'a' | group_pattern: give it or group, not both",
                "x | 'max_lag_records':30,'group_pattern':'a(' | group_pattern: is no pattern in RE2 syntax",
                "x | 'max_lag_records':30,'topic_pattern':'a{1000}' | topic_pattern: must have no {",
                "x | 'max_lag_records':30,'severities':{'red':'1'} | severities: there are page and ticket",
                "x | 'max_lag_records':30,'window_days':91 | window_days: must be between 1 and 90",
                "y | 'max_lag_records':30 | name: must be the key of the record",
            })
    void whatCantBeFollowedIsADeadLetterThatNamesTheField(String key, String fields, String message) throws Exception {
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new ReadDefinitions()))) {
            harness.open();
            harness.processElement(new StreamRecord<>(record(key, defined("x", fields))));
            harness.processElement(new StreamRecord<>(record("x", defined("x", "'max_lag_records':30"))));

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(Rejections.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getValue().headers())
                            .anySatisfy(header -> assertThat(new String(header.value(), StandardCharsets.UTF_8))
                                    .startsWith(message)));
        }
    }

    private static void define(
            TwoInputStreamOperatorTestHarness<LagSampled, SourceRecord, LagInput> harness, String name, String fields)
            throws Exception {
        harness.processElement2(new StreamRecord<>(record(name, defined(name, fields))));
    }

    private static String defined(String name, String fields) {
        return """
                {'schema_version':1,'event_id':'%s','event_type':'slo.defined','occurred_at':'2026-12-01T00:00:00Z','name':'%s',%s}
                """
                .formatted(new UUID(0, 1), name, fields)
                .replace('\'', '"');
    }

    private static SourceRecord record(String key, String value) {
        return new SourceRecord(
                "slo-definitions",
                0,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    private static LagSampled sample(String group, String topic) {
        return new LagSampled(
                new Envelope(new UUID(0, 2), "lag.sampled", Instant.EPOCH, "default", null, null),
                group,
                topic,
                null,
                Members.SOME,
                10_000,
                0,
                1,
                0,
                null,
                false,
                null,
                List.of());
    }
}
