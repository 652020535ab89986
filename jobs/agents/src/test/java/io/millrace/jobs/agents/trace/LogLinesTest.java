package io.millrace.jobs.agents.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the log: with the correlation id, without what agents say, and as JSON where that is wanted. */
class LogLinesTest {
    private static final Path JSON_LINES = Path.of("../../conf/log4j-json.properties");
    private static final String PLANTED = "planted-51ce";

    @Test
    void theEndOfAnAttemptIsALineWithItsCorrelationId() {
        AgentError error = new AgentError(AgentErrorCode.AGENT_FAILED, PLANTED);

        assertThat(logged(Level.INFO, outcome(AgentOutcome.Status.RETRYABLE, error)))
                .isEqualTo("c-1|INFO|attempt k#1 of writer ended after 400 ms: RETRYABLE agent_failed\n");
        assertThat(logged(Level.INFO, outcome(AgentOutcome.Status.OK, null))).isEmpty();
        assertThat(logged(Level.DEBUG, outcome(AgentOutcome.Status.OK, null)))
                .isEqualTo("c-1|DEBUG|attempt k#1 of writer ended after 400 ms: OK\n");
        assertThat(logged(Level.WARN, outcome(AgentOutcome.Status.FAILED, error)))
                .isEmpty();
    }

    private static String logged(Level level, AgentOutcome outcome) {
        StringWriter lines = new StringWriter();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LoggerConfig logger = new LoggerConfig(AttemptLog.class.getName(), level, false);
        WriterAppender appender = WriterAppender.createAppender(
                PatternLayout.newBuilder()
                        .withPattern("%X{correlation_id}|%p|%m%n")
                        .build(),
                null,
                lines,
                "lines",
                false,
                true);
        appender.start();
        logger.addAppender(appender, Level.ALL, null);
        context.getConfiguration().addLogger(AttemptLog.class.getName(), logger);
        context.updateLoggers();
        try {
            AttemptLog.ended(outcome);
        } finally {
            context.getConfiguration().removeLogger(AttemptLog.class.getName());
            context.updateLoggers();
        }
        return lines.toString();
    }

    private static AgentOutcome outcome(AgentOutcome.Status status, AgentError error) {
        return new AgentOutcome(
                "k#1",
                "owner",
                "acme",
                "writer",
                status,
                error == null ? "\"" + PLANTED + "\"" : null,
                error,
                0,
                Usage.NONE,
                0,
                500,
                900,
                0,
                "c-1",
                null);
    }

    @Test
    void theJsonLayoutWritesAnObjectForEachLine(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("flink.log");
        System.setProperty("log.file", file.toString());
        LoggerContext context = new LoggerContext("json", null, JSON_LINES.toUri());
        ThreadContext.put(AttemptLog.CORRELATION_ID, "c-\"1\"");
        try {
            context.start();
            context.getLogger("io.millrace.Some").info("two\nlines, \"quoted\", \\ and \t {}", "ä€");
            context.getLogger("io.millrace.Other").warn("broken", new IllegalStateException("a\n\"reason\""));
        } finally {
            context.stop();
            ThreadContext.remove(AttemptLog.CORRELATION_ID);
            System.clearProperty("log.file");
        }

        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).path("message").asText()).isEqualTo("two\nlines, \"quoted\", \\ and \t ä€");
        assertThat(lines.get(0).path("level").asText()).isEqualTo("INFO");
        assertThat(lines.get(0).path("logger").asText()).isEqualTo("io.millrace.Some");
        assertThat(lines.get(0).path("correlation_id").asText()).isEqualTo("c-\"1\"");
        assertThat(Instant.parse(lines.get(0).path("time").asText())).isBefore(Instant.now());
        assertThat(lines.get(0).path("exception").asText("none")).isEmpty();
        assertThat(lines.get(1).path("exception").asText())
                .startsWith("java.lang.IllegalStateException: a\n\"reason\"\n\tat ");
    }
}
