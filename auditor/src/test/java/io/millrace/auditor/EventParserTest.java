package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    private static final String HEAD = "{\"schema_version\":1,\"event_id\":\"6f1c5a52-0b06-4f0c-8f43-2c1a6d1f0a01\","
            + "\"occurred_at\":\"2026-11-20T09:00:00.0001+01:00\",\"user_id\":\"u-7\",\"task_id\":\"t-42\",";
    private static final String CREATED = HEAD + "\"event_type\":\"task.created\",\"title\":\"Pay\"";
    private static final String UPDATED = HEAD + "\"event_type\":\"task.updated\"";

    private static EventRecord parse(byte[] value) {
        return new EventParser().parse(new ConsumerRecord<>("task-events", 0, 0, new byte[0], value));
    }

    private static EventRecord parse(String value) {
        return parse(value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatDecidesAboutReminders() {
        EventRecord event = parse(CREATED
                + ",'due_at':'2026-12-01T09:00:00','time_zone':'Europe/Paris','remind_before_minutes':[0,60],'x':1}");

        assertThat(event.validity()).isEqualTo(Validity.GOOD);
        assertThat(event.tenant()).isEqualTo("default");
        assertThat(event.occurredAt())
                .isEqualTo(Instant.parse("2026-11-20T08:00:00.001Z").toEpochMilli());
        assertThat(event.changes().due().local()).hasToString("2026-12-01T09:00");
        assertThat(event.changes().zone()).hasToString("Europe/Paris");
        assertThat(event.changes().minutes()).isEqualTo(List.of(60, 0));
        assertThat(event.toString()).contains("task.created");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{} {}",
                "{'schema_version':1}",
                "{'a':1,'a':2}",
            })
    void whatIsNoEventIsBad(String value) {
        assertThat(parse(value).validity()).isEqualTo(Validity.BAD);
        assertThat(parse(value).reason()).isNotEmpty();
    }

    @Test
    void bytesThatAreNotOrTooManyOrTooDeepAreBad() {
        assertThat(parse((byte[]) null).isBad()).isTrue();
        assertThat(parse(new byte[] {'"', (byte) 0xC3, '"'}).reason()).isEqualTo("not UTF-8");
        assertThat(parse(new byte[256 * 1024 + 1]).reason()).contains("256 KiB");
        assertThat(parse(CREATED + ",'x':" + "[".repeat(40) + "]".repeat(40) + "}")
                        .isBad())
                .isTrue();
        assertThat(parse(CREATED + ",'x':" + "[".repeat(31) + "]".repeat(31) + "}")
                        .validity())
                .isEqualTo(Validity.EITHER);
        assertThat(parse(CREATED + ",'x':" + "[".repeat(2000) + "]".repeat(2000) + "}")
                        .isBad())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BAD | 'title':null",
                "BAD | 'title':''",
                "BAD | 'title':5",
                "EITHER | 'title':' '",
                "BAD | 'priority':'P5'",
                "GOOD | 'priority':null",
                "BAD | 'tags':'home'",
                "BAD | 'tags':['']",
                "GOOD | 'tags':['home']",
                "BAD | 'due_at':'soon'",
                "BAD | 'due_at':5",
                "BAD | 'due_at':'2026-13-01T09:00:00'",
                "BAD | 'due_at':'2026-13-01T09:00:00Z'",
                "BAD | 'due_at':'2326-12-01T09:00:00Z'",
                "EITHER | 'due_at':'2200-12-31T23:00:00Z'",
                "EITHER | 'due_at':'20261201T090000Z'",
                "GOOD | 'due_at':'2026-12-01T09:00:00'",
                "GOOD | 'due_at':null",
                "BAD | 'time_zone':'Mars'",
                "BAD | 'time_zone':1",
                "EITHER | 'time_zone':'UT+1'",
                "GOOD | 'time_zone':'+01:00'",
                "BAD | 'remind_before_minutes':-1",
                "BAD | 'remind_before_minutes':1.5",
                "BAD | 'remind_before_minutes':'5'",
                "EITHER | 'remind_before_minutes':1.0",
                "EITHER | 'remind_before_minutes':[5,5]",
                "GOOD | 'remind_before_minutes':null",
                "BAD | 'recurrence':5",
                "BAD | 'recurrence':{}",
                "EITHER | 'recurrence':{'every':'daily','catch_up':'P1D'}",
                "EITHER | 'recurrence':{'every':'daily','catch_up':'soon'}",
                "BAD | 'unknown':1",
                "BAD | 'title':'x','correlation_id':5",
                "EITHER | 'title':'x','tenant':''",
                "EITHER | 'title':'x','tenant':null",
            })
    void eachFieldOfAnUpdateIsChecked(Validity expected, String fields) {
        assertThat(parse(UPDATED + "," + fields + "}").validity()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BAD | 'event_type':'reminder.snoozed'",
                "BAD | 'event_type':'reminder.snoozed','snooze_minutes':0",
                "GOOD | 'event_type':'reminder.snoozed','snooze_minutes':10",
                "GOOD | 'event_type':'reminder.snoozed','snooze_until':'2026-12-01T09:00:00Z'",
                "EITHER | 'event_type':'reminder.snoozed','snooze_minutes':1,'snooze_until':'2026-12-01T09:00:00Z'",
                "BAD | 'event_type':'task.sung'",
                "GOOD | 'event_type':'task.completed'",
                "EITHER | 'event_type':'task.completed','priority':'P9'",
                "BAD | 'event_type':'task.created'",
                "BAD | 'event_type':'task.created','title':'x','due_at':'2026-12-01T09:00:00'",
                "EITHER | 'event_type':'task.created','title':'x','due_at':null",
            })
    void eachTypeHasItsFields(Validity expected, String fields) {
        assertThat(parse(HEAD + fields + "}").validity()).isEqualTo(expected);
    }

    @Test
    void idsHaveBounds() {
        String event = CREATED + "}";
        assertThat(parse(event.replace("t-42", "t".repeat(201))).isBad()).isTrue();
        assertThat(parse(event.replace("u-7", "\\u0001")).isBad()).isTrue();
        assertThat(parse(event.replace("u-7", "\\u0085")).validity()).isEqualTo(Validity.EITHER);
        assertThat(parse(event.replace("t-42", "a~b")).validity()).isEqualTo(Validity.EITHER);
        assertThat(parse(event.replace("t-42", "a~20270101T090000")).rootId()).isEqualTo("a");
        assertThat(parse(event.replace("6f1c5a52", "xyz")).isBad()).isTrue();
        assertThat(parse(event.replace("'schema_version':1", "'schema_version':2")
                                .replace("\"schema_version\":1", "\"schema_version\":2"))
                        .isBad())
                .isTrue();
    }

    @Test
    void anEventIsTakenOutOfItsEnvelope() {
        String data = "{'schema_version':1,'user_id':'u-7','task_id':'t-1'}";
        String envelope = "{'specversion':'1.0','id':'6f1c5a52-0b06-4f0c-8f43-2c1a6d1f0a01','source':'/s',"
                + "'type':'task.completed','time':'2026-11-20T09:00:00Z','data':" + data + "}";

        assertThat(parse(envelope).validity()).isEqualTo(Validity.GOOD);
        assertThat(parse(envelope).type().wireName()).isEqualTo("task.completed");
        assertThat(parse(envelope.replace("6f1c5a52-0b06-4f0c-8f43-2c1a6d1f0a01", "n1"))
                        .eventId())
                .isNull();
        assertThat(parse(envelope.replace("'source':'/s',", "")).isBad()).isTrue();
        assertThat(parse(envelope.replace("'1.0'", "'0.3'")).isBad()).isTrue();
        assertThat(parse("{'specversion':'1.0'}").isBad()).isTrue();

        ConsumerRecord<byte[], byte[]> binary = new ConsumerRecord<>(
                "task-events", 0, 0, new byte[0], data.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        for (String header : List.of(
                "specversion=1.0",
                "id=6f1c5a52-0b06-4f0c-8f43-2c1a6d1f0a01",
                "source=s",
                "type=task.completed",
                "time=2026-11-20T09:00:00Z")) {
            String[] parts = header.split("=");
            binary.headers().add("ce_" + parts[0], parts[1].getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new EventParser().parse(binary).validity()).isEqualTo(Validity.GOOD);
    }
}
