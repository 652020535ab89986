package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowCommandCodec;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowInputCodec;
import io.millrace.schema.workflow.WorkflowStart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics on which events of several types come: the commands, and the inbox of runs. */
class WorkflowInputsTest {

    private static SourceRecord record(String key, byte[] value) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord("workflow-inbox", 0, 0, 0, bytes, value, List.of());
    }

    private static byte[] example(String type) throws IOException {
        return Contract.JSON.writeValueAsBytes(Contract.example(type + ".v1.json"));
    }

    private static <T> T copy(Codec<T> codec, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(bytes));
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.started",
                "run.refused",
                "run.continued",
                "child.ended",
                "workflow.control",
                "workflow.signal",
                "approval.decided"
            })
    void whatComesToARunIsReadAndEncoded(String type) throws Exception {
        WorkflowInput input = WorkflowInput.read(record("release-7", example(type)));

        assertThat(input.envelope().type()).isEqualTo(type);
        assertThat(input.envelope().tenant()).isEqualTo("acme");
        assertThat(copy(new WorkflowInputCodec(), input)).isEqualTo(input);
    }

    @Test
    void theResultOfACallComesToTheRunThatIsItsKey() throws Exception {
        WorkflowInput input = WorkflowInput.read(record("release-7", example("agent.result")));

        assertThat(input.runId()).isEqualTo("release-7");
        assertThat(((AgentAnswered) input).result().callKey())
                .isEqualTo(Contract.example("agent.result.v1.json")
                        .path("call_key")
                        .asText());
        assertThat(copy(new WorkflowInputCodec(), input)).isEqualTo(input);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent.result | ,| INVALID_KEY",
                "workflow.start | k | UNKNOWN_TYPE",
                "agent.call | k | UNKNOWN_TYPE",
            })
    void whatDoesNotBelongThereIsRefused(String type, String key, String code) throws Exception {
        byte[] value = example(type);
        String of = key.equals(",") ? null : key;

        assertThatThrownBy(() -> WorkflowInput.read(record(of, value)))
                .isInstanceOfSatisfying(
                        RejectedEventException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.valueOf(code)));
    }

    @Test
    void bytesThatAreNoEventAreRefused() {
        for (String value : List.of("", "{", "[]", "{}", "{\"event_type\":7}", "{\"event_type\":\"run.started\"}")) {
            assertThatThrownBy(() -> WorkflowInput.read(record("k", value.getBytes(StandardCharsets.UTF_8))))
                    .as(value)
                    .isInstanceOf(RejectedEventException.class);
        }
        assertThatThrownBy(() -> WorkflowInput.read(record("k", null))).isInstanceOf(RejectedEventException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow.start", "workflow.control", "workflow.signal"})
    void commandsAreReadWrittenAndEncoded(String type) throws Exception {
        WorkflowCommand command = WorkflowCommand.read(record(null, example(type)));

        assertThat(Contract.JSON.readTree(command.toJson())).isEqualTo(Contract.example(type + ".v1.json"));
        assertThat(copy(new WorkflowCommandCodec(), command)).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run_id | \"\" | run_id: must have 1 to 200 characters",
                "workflow | \"Release\" | workflow: must be 1 to 63 small letters",
                "workflow | \"-a\" | workflow: must be 1 to 63 small letters",
                "version | \"1\" | version: must be a semantic version",
                "attributes | {\"\":\"x\"} | attributes: names have 1 to 200 characters",
                "attributes | {\"a\":1} | attributes.a: expected a string",
                "parent | {\"run_id\":\"x\",\"depth\":11} | parent.depth: must be between 1 and 10",
                "input | null | ",
            })
    void aFieldOfAStartThatIsWrongIsNamed(String field, String value, String message) throws Exception {
        ObjectNode event = (ObjectNode) Contract.example("workflow.start.v1.json");
        event.set(field, Contract.parse(value));
        SourceRecord record = record(null, Contract.JSON.writeValueAsBytes(event));

        if (message == null) {
            assertThat(((WorkflowStart) WorkflowCommand.read(record)).input()).isNull();
        } else {
            assertThatThrownBy(() -> WorkflowCommand.read(record))
                    .isInstanceOf(RejectedEventException.class)
                    .hasMessageStartingWith(message);
        }
    }
}
