package io.millrace.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was logged at one place: a line of the local platform's log, or an object of {@code conf/log4j-json.properties}.
 *
 * @param level Log4j's, such as {@code WARN}
 * @param correlationId of the request that it was about; null for none
 * @param message with the stack trace that came with it, if any
 */
public record LogEntry(Instant time, String level, String logger, String correlationId, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final Pattern LINE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (\\w+) +\\[[^]]*] (\\S+) (?:correlation_id=(\\S+) )?(.*)");

    /** From the least to the most severe. */
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    /**
     * @param zone of times without one
     * @return null when the line begins no entry: it goes on with the one before
     */
    static LogEntry of(String line, ZoneId zone) {
        if (line.startsWith("{")) {
            return ofJson(line);
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || !LEVELS.contains(parts.group(2))) {
            return null;
        }
        Instant time;
        try {
            time = LocalDateTime.parse(parts.group(1), LOCAL_TIME).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
        return new LogEntry(time, parts.group(2), parts.group(3), parts.group(4), parts.group(5));
    }

    private static LogEntry ofJson(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            String level = entry.path("level").asText();
            if (!LEVELS.contains(level)) {
                return null;
            }
            String correlationId = entry.path("correlation_id").asText();
            String exception = entry.path("exception").asText();
            String message = entry.path("message").asText();
            return new LogEntry(
                    Instant.parse(entry.path("time").asText()),
                    level,
                    entry.path("logger").asText(),
                    correlationId.isEmpty() ? null : correlationId,
                    exception.isEmpty() ? message : message + "\n" + exception.strip());
        } catch (JsonProcessingException | DateTimeException e) {
            return null;
        }
    }

    static boolean isLevel(String level) {
        return LEVELS.contains(level);
    }

    boolean isAtLeast(String least) {
        return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
    }

    LogEntry and(String line) {
        return new LogEntry(time, level, logger, correlationId, message + "\n" + line);
    }
}
