package io.millrace.schema.contract;

import static io.millrace.schema.contract.Mutation.CLOUDEVENT;
import static io.millrace.schema.contract.Mutation.COMPLETED;
import static io.millrace.schema.contract.Mutation.CREATED;
import static io.millrace.schema.contract.Mutation.DELETED;
import static io.millrace.schema.contract.Mutation.MINIMAL;
import static io.millrace.schema.contract.Mutation.OCCURRENCE;
import static io.millrace.schema.contract.Mutation.SNOOZED;
import static io.millrace.schema.contract.Mutation.UPDATED;
import static io.millrace.schema.contract.Mutation.replace;
import static io.millrace.schema.contract.Mutation.set;
import static io.millrace.schema.contract.Mutation.text;
import static io.millrace.schema.contract.Mutation.times;
import static io.millrace.schema.contract.Mutation.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JSON Schemas promise to a publisher is what the reader does, save for the cases listed here by name. */
class ReaderAgreementTest {

    private static final List<String> IN = List.of(
            CREATED,
            MINIMAL,
            OCCURRENCE,
            CLOUDEVENT,
            UPDATED,
            COMPLETED,
            "task.reopened.v1.json",
            DELETED,
            SNOOZED,
            "reminder.snoozed.until.v1.json");

    static Stream<Mutation> accepted() {
        return Stream.of(
                        IN.stream().map(Mutation::unchanged),
                        Stream.of(
                                // the envelope
                                set(MINIMAL, "/event_id", "\"8D4A5C1E-0B7F-4C39-9A6E-2F1D3B5C7E90\""),
                                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00Z\""),
                                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00.123456789-18:00\""),
                                set(MINIMAL, "/tenant", text(1)),
                                set(MINIMAL, "/tenant", text(200)),
                                set(MINIMAL, "/tenant", "null"),
                                set(MINIMAL, "/user_id", text(1)),
                                set(MINIMAL, "/user_id", text(200)),
                                set(MINIMAL, "/task_id", text(1)),
                                set(MINIMAL, "/task_id", text(200)),
                                set(MINIMAL, "/task_id", "\"t-43~20270101T090000\""),
                                set(MINIMAL, "/correlation_id", text(200)),
                                set(MINIMAL, "/correlation_id", "null"),
                                set(MINIMAL, "/something_new", "{\"a\":[1,{\"b\":null}]}"),
                                // text fields
                                set(MINIMAL, "/title", text(1)),
                                set(MINIMAL, "/title", text(500)),
                                set(MINIMAL, "/title", "\"Überweisung 払う\\n\""),
                                set(MINIMAL, "/description", "\"\""),
                                set(MINIMAL, "/description", text(10_000)),
                                set(MINIMAL, "/description", "null"),
                                set(MINIMAL, "/priority", "\"P4\""),
                                set(MINIMAL, "/priority", "null"),
                                set(MINIMAL, "/tags", "[]"),
                                set(MINIMAL, "/tags", "null"),
                                set(MINIMAL, "/tags", times(50, text(100))),
                                set(MINIMAL, "/tags", "[\"a\",\"a\"]"),
                                // dates and zones
                                set(MINIMAL, "/due_at", "null"),
                                set(MINIMAL, "/due_at", "\"1970-01-01T00:00:00Z\""),
                                set(MINIMAL, "/due_at", "\"2200-12-31T23:59:59.999Z\""),
                                set(MINIMAL, "/due_at", "\"2028-02-29T23:59:59+14:00\""),
                                set(CREATED, "/due_at", "\"2026-12-01T09:00\""),
                                set(CREATED, "/due_at", "\"2026-12-01T09:00:00.5\""),
                                set(CREATED, "/time_zone", "\"UTC\""),
                                set(CREATED, "/time_zone", "\"Z\""),
                                set(CREATED, "/time_zone", "\"America/Argentina/Buenos_Aires\""),
                                set(CREATED, "/time_zone", "\"Etc/GMT+5\""),
                                set(CREATED, "/time_zone", "\"+05:30\""),
                                set(CREATED, "/time_zone", "\"-18:00\""),
                                set(UPDATED, "/time_zone", "null"),
                                // reminders
                                set(MINIMAL, "/remind_before_minutes", "0"),
                                set(MINIMAL, "/remind_before_minutes", "525600"),
                                set(MINIMAL, "/remind_before_minutes", "[]"),
                                set(MINIMAL, "/remind_before_minutes", "null"),
                                set(MINIMAL, "/remind_before_minutes", times(20, "525600")),
                                // characters are code points
                                set(MINIMAL, "/title", "\"" + "\ud83d\ude00".repeat(500) + "\""),
                                set(MINIMAL, "/correlation_id", "\"\""),
                                // fields that events of the type do not have
                                set(COMPLETED, "/title", "null"),
                                set(COMPLETED, "/snooze_minutes", "\"x\""),
                                set(SNOOZED, "/priority", "\"P9\""),
                                set(UPDATED, "/snooze_until", "7"),
                                // Dapr with tracing off
                                set(CLOUDEVENT, "/traceparent", "\"\""),
                                // updates
                                set(UPDATED, "/description", "\"\""),
                                set(UPDATED, "/due_at", "null"),
                                set(UPDATED, "/recurrence", "null"),
                                set(UPDATED, "/recurrence", "{\"every\":\"weekly\"}"),
                                set(DELETED, "/event_type", "\"task.updated\"").and("/recurrence", "null"),
                                set(COMPLETED, "/event_type", "\"task.updated\"")
                                        .and("/title", "\"x\""),
                                // recurrence
                                set(CREATED, "/recurrence", "null"),
                                set(CREATED, "/recurrence", "{\"every\":\"daily\"}"),
                                set(CREATED, "/recurrence", "{\"cron\":\"0 9 * * MON-FRI\"}"),
                                set(CREATED, "/recurrence", "{\"rule\":\"RRULE:FREQ=DAILY;COUNT=3\"}"),
                                set(CREATED, "/recurrence", "{\"every\":\"yearly\",\"colour\":\"blue\"}"),
                                set(CREATED, "/recurrence/rule", text(1000)),
                                set(CREATED, "/recurrence/dtstart", "\"2026-12-01T09:00\""),
                                set(CREATED, "/recurrence/exdates", "[]"),
                                set(CREATED, "/recurrence/exdates", times(500, "\"2027-08-01T09:00:00\"")),
                                set(CREATED, "/recurrence/rdates", times(500, "\"2027-08-01T09:00:00\"")),
                                set(CREATED, "/recurrence/next", "\"on_schedule\""),
                                set(CREATED, "/recurrence/next", "\"on_schedule\"")
                                        .and("/recurrence/overlap", "\"replace\""),
                                set(CREATED, "/recurrence/next", "\"on_schedule\"")
                                        .and("/recurrence/overlap", "\"skip\""),
                                set(CREATED, "/recurrence/catch_up", "\"PT0S\""),
                                set(CREATED, "/recurrence/catch_up", "\"P366D\""),
                                set(CREATED, "/recurrence/catch_up", "\"P1DT2H3M4S\""),
                                set(CREATED, "/recurrence/dst_gap", "\"skip\""),
                                set(CREATED, "/recurrence/dst_overlap", "\"second\""),
                                set(CREATED, "/recurrence/cron", "null"),
                                set(CREATED, "/recurrence/dtstart", "null"),
                                set(CREATED, "/recurrence/exdates", "null"),
                                set(CREATED, "/recurrence/rdates", "null"),
                                set(CREATED, "/recurrence/next", "null"),
                                set(CREATED, "/recurrence/overlap", "null"),
                                set(CREATED, "/recurrence/catch_up", "null"),
                                set(CREATED, "/recurrence/dst_gap", "null"),
                                set(CREATED, "/recurrence/dst_overlap", "null"),
                                set(CREATED, "/due_at", "\"2026-12-01T09:00:00Z\""),
                                without(CREATED, "/due_at"),
                                // snoozes
                                set(SNOOZED, "/snooze_until", "null"),
                                set(SNOOZED, "/snooze_minutes", "null").and("/snooze_until", "\"2026-12-02T18:00:00\""),
                                set(SNOOZED, "/snooze_minutes", "1"),
                                set(SNOOZED, "/snooze_minutes", "525600"),
                                set(SNOOZED, "/snooze_until", "\"2026-12-02T18:00:00+01:00\"")
                                        .andWithout("/snooze_minutes"),
                                // CloudEvents
                                set(CLOUDEVENT, "/id", "\"0197c3a2-5e1f-7b6a-9d42-3f0c8a1e7b55\""),
                                set(CLOUDEVENT, "/type", "\"com.example.task\"")
                                        .and("/data/event_type", "\"task.created\""),
                                without(CLOUDEVENT, "/time").and("/data/occurred_at", "\"2026-11-20T08:00:00Z\""),
                                set(CLOUDEVENT, "/data/event_id", "\"0197c3a2-5e1f-7b6a-9d42-3f0c8a1e7b55\""),
                                set(CLOUDEVENT, "/type", "\"task.deleted\"").andWithout("/data/title")))
                .flatMap(stream -> stream);
    }

    static Stream<Mutation> rejected() {
        return Stream.of(
                // the envelope
                without(MINIMAL, "/schema_version"),
                without(MINIMAL, "/event_id"),
                without(MINIMAL, "/event_type"),
                without(MINIMAL, "/occurred_at"),
                without(MINIMAL, "/user_id"),
                without(MINIMAL, "/task_id"),
                set(MINIMAL, "/schema_version", "0"),
                set(MINIMAL, "/schema_version", "2"),
                set(MINIMAL, "/schema_version", "\"1\""),
                set(MINIMAL, "/event_id", "\"8d4a5c1e0b7f4c399a6e2f1d3b5c7e90\""),
                set(MINIMAL, "/event_id", "\"{8d4a5c1e-0b7f-4c39-9a6e-2f1d3b5c7e90}\""),
                set(MINIMAL, "/event_id", "\"8d4a5c1e-0b7f-4c39-9a6e-2f1d3b5c7e9g\""),
                set(MINIMAL, "/event_type", "\"task.renamed\""),
                set(MINIMAL, "/event_type", "\"Task.Created\""),
                set(MINIMAL, "/event_type", "\"\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20 08:00:00Z\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00z\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00+0100\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00+01\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00+18:01\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00.1234567890Z\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00.Z\""),
                set(MINIMAL, "/occurred_at", "\"2026-11-20T08:00:00Z\\n\""),
                set(MINIMAL, "/occurred_at", "1795161600000"),
                set(MINIMAL, "/tenant", "\"\""),
                set(MINIMAL, "/tenant", text(201)),
                set(MINIMAL, "/tenant", "\"a\\u0000b\""),
                set(MINIMAL, "/user_id", "\"\""),
                set(MINIMAL, "/user_id", "null"),
                set(MINIMAL, "/user_id", text(201)),
                set(MINIMAL, "/user_id", "\"u\\n7\""),
                set(MINIMAL, "/user_id", "7"),
                set(MINIMAL, "/task_id", "\"\""),
                set(MINIMAL, "/task_id", text(201)),
                set(MINIMAL, "/task_id", "\"t\\u007f42\""),
                set(MINIMAL, "/task_id", "\"t\\u009f42\""),
                set(MINIMAL, "/task_id", "\"t~42\""),
                set(MINIMAL, "/task_id", "\"~20270101T090000\""),
                set(MINIMAL, "/task_id", "\"t-42~20270101T0900\""),
                set(MINIMAL, "/task_id", "\"t-42~20270101T090000Z\""),
                set(MINIMAL, "/task_id", "\"t~1~20270101T090000\""),
                set(MINIMAL, "/task_id", "42"),
                set(MINIMAL, "/correlation_id", text(201)),
                set(MINIMAL, "/correlation_id", "1"),
                // text fields
                without(MINIMAL, "/title"),
                set(MINIMAL, "/title", "null"),
                set(MINIMAL, "/title", "\"\""),
                set(MINIMAL, "/title", text(501)),
                set(MINIMAL, "/title", "[\"Pay\"]"),
                set(MINIMAL, "/description", text(10_001)),
                set(MINIMAL, "/description", "{}"),
                set(MINIMAL, "/priority", "\"P0\""),
                set(MINIMAL, "/priority", "\"p1\""),
                set(MINIMAL, "/priority", "1"),
                set(MINIMAL, "/tags", "\"home\""),
                set(MINIMAL, "/tags", "[\"\"]"),
                set(MINIMAL, "/tags", "[1]"),
                set(MINIMAL, "/tags", "[null]"),
                set(MINIMAL, "/tags", "[" + text(101) + "]"),
                set(MINIMAL, "/tags", times(51, "\"a\"")),
                // dates and zones
                set(CREATED, "/due_at", "\"1969-12-31T23:59:59Z\""),
                set(CREATED, "/due_at", "\"2201-01-01T00:00:00Z\""),
                set(CREATED, "/due_at", "\"2026-12-01\""),
                set(CREATED, "/due_at", "\"2026-13-01T09:00:00\""),
                set(CREATED, "/due_at", "\"2026-00-01T09:00:00\""),
                set(CREATED, "/due_at", "\"2026-12-32T09:00:00\""),
                set(CREATED, "/due_at", "\"2026-12-01T24:00:00\""),
                set(CREATED, "/due_at", "\"2026-12-01T09:60:00\""),
                set(CREATED, "/due_at", "\"2026-12-01T09:00:60\""),
                set(CREATED, "/due_at", "\"20261201T090000\""),
                set(CREATED, "/due_at", "\"2026-12-01T09:00:00[Europe/Paris]\""),
                set(CREATED, "/due_at", "\"\""),
                set(CREATED, "/due_at", "1795161600"),
                set(CREATED, "/time_zone", "\"\""),
                set(CREATED, "/time_zone", "\"Europe Paris\""),
                set(CREATED, "/time_zone", "\"+19:00\""),
                set(CREATED, "/time_zone", "\"+18:01\""),
                set(CREATED, "/time_zone", "\"+1:30\""),
                set(CREATED, "/time_zone", text(65)),
                set(CREATED, "/time_zone", "60"),
                // reminders
                set(CREATED, "/remind_before_minutes", "-1"),
                set(CREATED, "/remind_before_minutes", "525601"),
                set(CREATED, "/remind_before_minutes", "1.5"),
                set(CREATED, "/remind_before_minutes", "\"60\""),
                set(CREATED, "/remind_before_minutes", "[-1]"),
                set(CREATED, "/remind_before_minutes", "[525601]"),
                set(CREATED, "/remind_before_minutes", "[\"PT1H\"]"),
                set(CREATED, "/remind_before_minutes", "[[60]]"),
                set(CREATED, "/remind_before_minutes", "[9223372036854775808]"),
                set(CREATED, "/remind_before_minutes", times(21, "0")),
                // updates
                set(COMPLETED, "/event_type", "\"task.updated\""),
                set(UPDATED, "/title", "null"),
                set(UPDATED, "/title", "\"\""),
                set(UPDATED, "/priority", "\"high\""),
                set(DELETED, "/event_type", "\"task.updated\"").and("/recurrence", "{\"every\":\"daily\"}"),
                // recurrence
                set(CREATED, "/task_id", "\"t-42~20270101T090000\""),
                set(CREATED, "/recurrence", "\"FREQ=DAILY\""),
                set(CREATED, "/recurrence", "[]"),
                set(CREATED, "/recurrence", "{}"),
                set(CREATED, "/recurrence", "{\"next\":\"on_schedule\"}"),
                set(CREATED, "/recurrence/cron", "\"0 9 * * *\""),
                set(CREATED, "/recurrence/every", "\"daily\""),
                set(CREATED, "/recurrence", "{\"every\":\"hourly\"}"),
                set(CREATED, "/recurrence", "{\"every\":\"Daily\"}"),
                set(CREATED, "/recurrence", "{\"cron\":\"\"}"),
                set(CREATED, "/recurrence", "{\"cron\":" + text(1001) + "}"),
                set(CREATED, "/recurrence/rule", "\"\""),
                set(CREATED, "/recurrence/rule", "null"),
                set(CREATED, "/recurrence/rule", text(1007)),
                set(CREATED, "/recurrence/dtstart", "\"2026-12-01T09:00:00Z\""),
                set(CREATED, "/recurrence/exdates", "\"2027-08-01T09:00:00\""),
                set(CREATED, "/recurrence/exdates", "[\"2027-08-01T09:00:00+01:00\"]"),
                set(CREATED, "/recurrence/exdates", "[null]"),
                set(CREATED, "/recurrence/exdates", times(501, "\"2027-08-01T09:00:00\"")),
                set(CREATED, "/recurrence/rdates", times(501, "\"2027-08-01T09:00:00\"")),
                set(CREATED, "/recurrence/rdates", "[\"2027-08-01\"]"),
                set(CREATED, "/recurrence/next", "\"later\""),
                set(CREATED, "/recurrence/overlap", "true"),
                set(CREATED, "/recurrence/overlap", "\"queue\""),
                set(CREATED, "/recurrence/catch_up", "\"P367D\""),
                set(CREATED, "/recurrence/catch_up", "\"P\""),
                set(CREATED, "/recurrence/catch_up", "\"P1DT\""),
                set(CREATED, "/recurrence/catch_up", "\"P1M\""),
                set(CREATED, "/recurrence/catch_up", "\"P2W\""),
                set(CREATED, "/recurrence/catch_up", "\"pt12h\""),
                set(CREATED, "/recurrence/catch_up", "\"+PT12H\""),
                set(CREATED, "/recurrence/catch_up", "\"PT1,5S\""),
                set(CREATED, "/recurrence/catch_up", "\"PT1.5S\""),
                set(CREATED, "/recurrence/catch_up", "\"-PT1H\""),
                set(CREATED, "/recurrence/catch_up", "\"PT-1H\""),
                set(CREATED, "/recurrence/catch_up", "\"1h\""),
                set(CREATED, "/recurrence/catch_up", "3600"),
                set(CREATED, "/recurrence/dst_gap", "\"forward\""),
                set(CREATED, "/recurrence/dst_overlap", "\"both\""),
                without(CREATED, "/due_at").andWithout("/recurrence/dtstart"),
                set(CREATED, "/due_at", "null").and("/recurrence/dtstart", "null"),
                set(CREATED, "/due_at", "\"2026-12-01T09:00:00Z\"").andWithout("/time_zone"),
                set(CREATED, "/due_at", "\"2026-12-01T09:00:00Z\"").and("/time_zone", "null"),
                without(CREATED, "/due_at").andWithout("/time_zone"),
                set(UPDATED, "/recurrence", "{\"every\":\"weekly\"}").and("/time_zone", "null"),
                set(UPDATED, "/recurrence", "{\"every\":\"weekly\"}").and("/due_at", "null"),
                // snoozes
                without(SNOOZED, "/snooze_minutes"),
                set(SNOOZED, "/snooze_minutes", "null").and("/snooze_until", "null"),
                set(SNOOZED, "/snooze_minutes", "0"),
                set(SNOOZED, "/snooze_minutes", "525601"),
                set(SNOOZED, "/snooze_minutes", "null"),
                set(SNOOZED, "/snooze_minutes", "\"15\""),
                set(SNOOZED, "/snooze_minutes", "2.5"),
                set(SNOOZED, "/snooze_until", "\"2026-12-02T18:00:00\""),
                set(SNOOZED, "/snooze_until", "\"tomorrow\"").andWithout("/snooze_minutes"),
                set(SNOOZED, "/snooze_until", "null").andWithout("/snooze_minutes"),
                set(MINIMAL, "/title", "\"" + "\ud83d\ude00".repeat(501) + "\""),
                set(MINIMAL, "/event_id", "\"5b0e6f7a9-3d1-4f0b-8c52-7d1a2e4f6b38\""),
                set(MINIMAL, "/event_id", "\"+b0e6f7a-93d1-4f0b-8c52-7d1a2e4f6b38\""),
                without(CREATED, "/time_zone"),
                set(CREATED, "/time_zone", "null"),
                without(OCCURRENCE, "/time_zone"),
                set(CLOUDEVENT, "/data/due_at", "\"2026-12-01T09:00:00\""),
                // CloudEvents
                set(SNOOZED, "/snooze_minutes", "15.5"),
                set(SNOOZED, "/snooze_minutes", "1e1000000"),
                set(SNOOZED, "/snooze_minutes", "1e99"),
                set(SNOOZED, "/snooze_minutes", "-1e-5"),
                set(CLOUDEVENT, "/specversion", "\"0.3\""),
                set(CLOUDEVENT, "/specversion", "1.0"),
                without(CLOUDEVENT, "/id"),
                without(CLOUDEVENT, "/source"),
                without(CLOUDEVENT, "/type"),
                without(CLOUDEVENT, "/time"),
                without(CLOUDEVENT, "/data"),
                set(CLOUDEVENT, "/id", "\"\""),
                set(CLOUDEVENT, "/id", text(1001)),
                set(CLOUDEVENT, "/source", "\"\""),
                set(CLOUDEVENT, "/type", "\"com.example.task\""),
                set(CLOUDEVENT, "/time", "\"2026-11-20T08:00:00\""),
                set(CLOUDEVENT, "/time", "null"),
                set(CLOUDEVENT, "/data", "\"{}\""),
                set(CLOUDEVENT, "/data", "null"),
                set(CLOUDEVENT, "/data/event_type", "\"task.renamed\""),
                set(CLOUDEVENT, "/data/schema_version", "2"),
                without(CLOUDEVENT, "/data/schema_version"),
                without(CLOUDEVENT, "/data/user_id"),
                without(CLOUDEVENT, "/data/task_id"),
                without(CLOUDEVENT, "/data/title"),
                set(CLOUDEVENT, "/type", "\"reminder.snoozed\""),
                set(CLOUDEVENT, "/type", "\"task.updated\"")
                        .andWithout("/data/title")
                        .andWithout("/data/due_at")
                        .andWithout("/data/remind_before_minutes"));
    }

    /** What takes more than a schema can say: the reader rejects it, with this code, though the schema is satisfied. */
    static Stream<Arguments> onlyTheReaderCanJudge() {
        return Stream.of(
                Arguments.of(
                        "a field given twice",
                        ErrorCode.DUPLICATE_FIELD,
                        replace(MINIMAL, "\"title\":", "\"title\":\"Call\",\"title\":")),
                Arguments.of(
                        "a field of the recurrence given twice",
                        ErrorCode.DUPLICATE_FIELD,
                        replace(CREATED, "\"next\":", "\"next\":\"on_schedule\",\"next\":")),
                Arguments.of(
                        "a day that the month does not have",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/due_at", "\"2026-02-30T09:00:00\"")),
                Arguments.of(
                        "Feb 29 of a year that is no leap year",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/recurrence/exdates", "[\"2100-02-29T09:00:00\"]")),
                Arguments.of(
                        "a zone that does not exist",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/time_zone", "\"Europe/Atlantis\"")),
                Arguments.of(
                        "a zone in the wrong case",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/time_zone", "\"europe/paris\"")),
                Arguments.of(
                        "a catch-up of which the parts are allowed and the sum is not",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/recurrence/catch_up", "\"P366DT1S\"")),
                Arguments.of(
                        "a catch-up over the bound in hours",
                        ErrorCode.INVALID_VALUE,
                        set(CREATED, "/recurrence/catch_up", "\"PT8785H\"")),
                Arguments.of(
                        "half of a surrogate pair",
                        ErrorCode.INVALID_VALUE,
                        new Mutation(
                                "title", replace(MINIMAL, "Call", "\\ud83d").json())),
                Arguments.of(
                        "nesting deeper than 32 levels in a field that is ignored",
                        ErrorCode.TOO_DEEP,
                        set(MINIMAL, "/extra", "[".repeat(32) + "]".repeat(32))),
                Arguments.of(
                        "a value over 256 KiB",
                        ErrorCode.TOO_LARGE,
                        set(MINIMAL, "/extra", text(TaskEventReader.MAX_BYTES))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void bothAccept(Mutation mutation) {
        assertThat(mutation.isValidBySchema()).as("valid by the schema").isTrue();
        assertThat(mutation.rejection()).as("the reader's reason").isNull();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void bothReject(Mutation mutation) {
        assertThat(mutation.isValidBySchema()).as("valid by the schema").isFalse();
        assertThat(mutation.rejection()).as("the reader's reason").isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onlyTheReaderCanJudge")
    void onlyTheReaderRejects(String name, ErrorCode code, Mutation mutation) {
        assertThat(mutation.isValidBySchema()).as("valid by the schema").isTrue();
        assertThat(mutation.rejection()).as(name).isNotNull();
        assertThat(mutation.rejection().code()).isEqualTo(code);
    }

    @Test
    void whatATaskThatRecursLacksIsNamed() {
        Mutation moment = set(CREATED, "/due_at", "\"2026-12-01T09:00:00Z\"");

        assertThat(moment.andWithout("/time_zone").rejection())
                .hasMessageStartingWith("time_zone: ")
                .extracting(RejectedEventException::code)
                .isEqualTo(ErrorCode.MISSING_FIELD);
        assertThat(moment.andWithout("/due_at")
                        .andWithout("/recurrence/dtstart")
                        .rejection())
                .hasMessageStartingWith("due_at: ")
                .extracting(RejectedEventException::code)
                .isEqualTo(ErrorCode.MISSING_FIELD);
    }

    @Test
    void theyAgreeWhateverStandsInAField() {
        List<String> values = List.of(
                "null",
                "true",
                "0",
                "-1",
                "1",
                "1.5",
                "99999999999",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"null\"",
                "\"2026-12-01T09:00:00\"",
                "\"2026-12-01T09:00:00Z\"",
                "[]",
                "[[]]",
                "[null]",
                "[\"x\"]",
                "[1]",
                "[\"2026-12-01T09:00:00\"]",
                "{}",
                "{\"every\":\"daily\"}",
                "{\"x\":1}");
        List<String> disagreements = new ArrayList<>();
        for (String example : IN) {
            for (String field : fieldsOf("", Contract.example(example))) {
                Stream.concat(
                                Stream.of(without(example, field)),
                                values.stream().map(value -> set(example, field, value)))
                        .filter(mutation -> !mutation.agrees() && !isKnown(field, mutation))
                        .forEach(mutation -> disagreements.add(mutation + ": reader " + mutation.rejection()));
            }
        }
        assertThat(disagreements).isEmpty();
    }

    private static boolean isKnown(String field, Mutation mutation) {
        return field.equals("/time_zone")
                && mutation.rejection() != null
                && mutation.rejection().code() == ErrorCode.INVALID_VALUE;
    }

    /** What the reader accepted and the writer writes satisfies the schema and is read as the same event. */
    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedEventIsWrittenAsTheSchemaSays(Mutation mutation) throws Exception {
        TaskEvent event = TaskEventReader.read(mutation.record());

        byte[] written = TaskEventWriter.write(event);

        JsonNode document = Contract.parse(new String(written, StandardCharsets.UTF_8));
        assertThat(Contract.errorsAssertingFormats(Contract.schemaOf(document), document))
                .isEmpty();
        assertThat(TaskEventReader.read(Mutation.record(written))).isEqualTo(event);
    }

    /** Between two tasks of a job an event travels in binary. */
    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedEventIsTheSameAfterItsBinaryEncoding(Mutation mutation) throws Exception {
        IncomingTask incoming = new IncomingTask(TaskEventReader.read(mutation.record()), mutation.record());
        IncomingTaskCodec codec = new IncomingTaskCodec();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        codec.write(incoming, new DataOutputStream(bytes));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        IncomingTask decoded = codec.read(new DataInputStream(in));

        assertThat(decoded.event()).isEqualTo(incoming.event());
        assertThat(decoded.source()).usingRecursiveComparison().isEqualTo(incoming.source());
        assertThat(in.available()).as("bytes left over").isZero();
    }

    private static List<String> fieldsOf(String pointer, JsonNode object) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String field = pointer + "/" + entry.getKey();
            fields.add(field);
            if (entry.getValue().isObject()) {
                fields.addAll(fieldsOf(field, entry.getValue()));
            }
        }
        return fields;
    }
}
