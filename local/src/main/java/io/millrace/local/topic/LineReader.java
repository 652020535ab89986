package io.millrace.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks one line that is to be published, by the rules of its topic, and finds its key. */
final class LineReader {

    private static final String USER_ID = "user_id";
    private static final ObjectReader JSON = new ObjectMapper().reader();

    private final String topic;
    private final String keyField;

    /** @param keyField name of the field whose value is the record's key */
    LineReader(String topic, String keyField) {
        this.topic = topic;
        this.keyField = keyField;
    }

    /**
     * @return the key of the record
     * @throws RejectedEventException when a job would refuse the line, with the reason it would give
     */
    byte[] keyOf(byte[] line) throws RejectedEventException {
        if (topic.equals(Topics.TASK_EVENTS)) {
            String userId = TaskEventReader.read(new SourceRecord(topic, 0, 0, 0, null, line, List.of()))
                    .userId();
            if (keyField.equals(USER_ID)) {
                return userId.getBytes(StandardCharsets.UTF_8);
            }
        }
        return fieldOf(line).getBytes(StandardCharsets.UTF_8);
    }

    private String fieldOf(byte[] line) throws RejectedEventException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, e.getOriginalMessage());
        } catch (IOException e) {
            throw new RejectedEventException(ErrorCode.NOT_UTF8, "the line is not UTF-8");
        }
        if (!node.isObject()) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, "the line is not a JSON object");
        }
        // A CloudEvent carries the event in its field data.
        JsonNode key =
                node.has(keyField) ? node.path(keyField) : node.path("data").path(keyField);
        if (!key.isValueNode() || key.isNull()) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, keyField + ": missing; it is the key of the record");
        }
        return key.asText();
    }
}
