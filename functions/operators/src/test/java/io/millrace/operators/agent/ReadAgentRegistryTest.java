package io.millrace.operators.agent;

import static io.millrace.operators.agent.CallHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.PriceTable;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;

/** What of the registry's topic goes on to those who follow it, and what is a dead letter. */
class ReadAgentRegistryTest {
    private static final PriceTable PRICES = new PriceTable(Map.of("small", new PriceTable.Price(1, 1)));

    private final AgentLog log = new AgentLog();

    private static OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> reader() throws Exception {
        return reader(transport -> null);
    }

    private static OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> reader(TransportCheck check)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ReadAgentRegistry(AgentLog.TRANSPORTS, check, PRICES)));
    }

    private static void read(OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> reader, SourceRecord record)
            throws Exception {
        reader.processElement(new StreamRecord<>(record));
    }

    private static List<SourceRecord> accepted(OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> reader) {
        return reader.extractOutputValues();
    }

    /** The codes of the dead letters since the last call. */
    private static List<String> deadLetters(OneInputStreamOperatorTestHarness<SourceRecord, SourceRecord> reader) {
        Queue<StreamRecord<OutboundRecord>> letters = reader.getSideOutput(Rejections.DEAD_LETTERS);
        List<String> codes = new ArrayList<>();
        while (letters != null && !letters.isEmpty()) {
            letters.poll().getValue().headers().stream()
                    .filter(header -> header.key().equals("error_code"))
                    .forEach(header -> codes.add(new String(header.value(), StandardCharsets.UTF_8)));
        }
        return codes;
    }

    @Test
    void whatCanBeFollowedGoesOnAsItCame() throws Exception {
        List<SourceRecord> records = List.of(
                log.registered("a", NOW),
                log.registered("a", NOW + 1),
                log.invalidated("a", "1", NOW + 2),
                log.tombstone("a", NOW + 3));
        try (var reader = reader()) {
            reader.open();
            for (SourceRecord record : records) {
                read(reader, record);
            }

            assertThat(accepted(reader)).usingRecursiveComparison().isEqualTo(records);
            assertThat(deadLetters(reader)).isEmpty();
        }
    }

    @Test
    void whatCannotBeFollowedIsADeadLetter() throws Exception {
        try (var reader = reader()) {
            reader.open();
            read(reader, log.registered("a", NOW, "'input_schema':{'type':7}"));
            read(reader, log.registered("b", NOW, "'type':'OTHER'"));
            read(reader, log.registered("c", NOW, "'fallback':{'agents':['c']}"));
            read(reader, log.call("d", "d", NOW));

            assertThat(accepted(reader)).isEmpty();
            assertThat(deadLetters(reader))
                    .containsExactly("invalid_schema", "duplicate_field", "fallback_loop", "unknown_type");
        }
    }

    @Test
    void anAgentThatCannotBeReachedAsItSaysIsADeadLetter() throws Exception {
        try (var reader = reader(transport -> "transport.url: no URL")) {
            reader.open();
            read(reader, log.registered("a", NOW));

            assertThat(accepted(reader)).isEmpty();
            assertThat(deadLetters(reader)).containsExactly("invalid_value");
        }
    }

    @Test
    void aTombstoneTakesAnAgentAway() throws Exception {
        try (var reader = reader()) {
            reader.open();
            read(reader, log.registered("a", NOW, "'fallback':{'agents':['b']}"));
            read(reader, log.registered("b", NOW, "'fallback':{'agents':['a']}"));
            assertThat(deadLetters(reader)).containsExactly("fallback_loop");

            read(reader, log.tombstone("a", NOW));
            read(reader, log.registered("b", NOW, "'fallback':{'agents':['a']}"));

            assertThat(deadLetters(reader)).isEmpty();
            assertThat(accepted(reader)).hasSize(3);
        }
    }

    @Test
    void aTombstoneOfAnInvalidationSaysNothing() throws Exception {
        try (var reader = reader()) {
            reader.open();
            read(reader, log.invalidated("a", "1", NOW));
            read(reader, log.tombstone("a/1/", NOW + 1));
            read(reader, log.tombstone("//", NOW + 2));
            read(reader, log.registered("a", NOW + 3));

            assertThat(accepted(reader)).extracting(SourceRecord::timestamp).containsExactly(NOW, NOW + 3);
            assertThat(deadLetters(reader)).isEmpty();
        }
    }

    @Test
    void aModelThatHasNoPriceIsWarnedOfOncePerDefinition() throws Exception {
        StringWriter lines = new StringWriter();
        try (var reader = reader();
                var ignored = logged(lines)) {
            reader.open();
            read(reader, log.registered("a", NOW, "'model':'small'"));
            read(reader, log.registered("b", NOW));
            read(reader, log.registered("c", NOW, "'model':'smal'"));
            read(reader, log.registered("c", NOW, "'model':'smal'"));

            assertThat(deadLetters(reader)).isEmpty();
            assertThat(accepted(reader)).hasSize(4);
        }
        assertThat(lines).hasToString("WARN Calls of agent c cost nothing: its model smal has no price\n");
    }

    /** Writes what the reader logs, until it is closed. */
    private static AutoCloseable logged(StringWriter lines) {
        String name = ReadAgentRegistry.class.getName();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        WriterAppender appender = WriterAppender.createAppender(
                PatternLayout.newBuilder().withPattern("%p %m%n").build(), null, lines, "lines", false, true);
        appender.start();
        LoggerConfig logger = new LoggerConfig(name, Level.ALL, false);
        logger.addAppender(appender, Level.ALL, null);
        context.getConfiguration().addLogger(name, logger);
        context.updateLoggers();
        return () -> {
            context.getConfiguration().removeLogger(name);
            context.updateLoggers();
        };
    }

    @Test
    void whatWasReadIsKnownAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var reader = reader()) {
            reader.open();
            read(reader, log.registered("a", NOW, "'fallback':{'agents':['b']}"));
            state = reader.snapshot(1, NOW);
        }
        try (var reader = reader()) {
            reader.initializeState(state);
            reader.open();
            read(reader, log.registered("b", NOW, "'fallback':{'agents':['a']}"));

            assertThat(deadLetters(reader)).containsExactly("fallback_loop");
        }
    }
}
