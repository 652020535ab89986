package io.millrace.local.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.wire.RejectedEventException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineReaderTest {

    private static final String ENVELOPE = "\"schema_version\":1,\"event_id\":\"6f1f7a52-1f0e-4b8e-8f5c-0a4f7b7d1a01\","
            + "\"occurred_at\":\"2026-11-20T09:00:00+01:00\",\"event_type\":";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "agent-calls    | 'agent.call','call_key':'k-1','agent':'echo','user_id':'u'                    | k-1",
                "agent-registry | 'agent.removed','agent':'echo'                                                | echo",
                "agent-registry | 'agent.registered','agent':'echo','version':1,'type':'OTHER',"
                        + "'transport':{'kind':'in-process'}                                                    | echo",
                "agent-registry | 'agent.cache.invalidated','agent':'echo','version':3                          | echo/3/",
                "agent-registry | 'agent.cache.invalidated','agent':'echo','version':null,'dependency':'git'    | echo//git",
                "knowledge-documents | 'knowledge.document','document_id':'a/b','language':'en','title':'t','format':'plain',"
                        + "'text':'x','audience':'customer'                                                     | default/a%2Fb",
                "knowledge-documents | 'knowledge.document','tenant':'t','document_id':'a','language':'en','title':'t',"
                        + "'format':'plain','text':'x','audience':'customer'                                    | t/a",
                "conversation-events | 'message.received','conversation_id':'c-7','text':'hello'                | c-7",
                "conversation-events | 'customer.erased','customer_id':'cu-7'                                   | cu-7",
                "something-else | 'whatever','user_id':'u-7'                                                    | u-7"
            })
    void theKeyIsThatOfTheTopic(String topic, String fields, String key) throws RejectedEventException {
        assertThat(keyOf(topic, null, fields)).isEqualTo(key);
    }

    @Test
    void anotherFieldMayBeTheKey() throws RejectedEventException {
        assertThat(keyOf("agent-calls", "agent", "'agent.call','call_key':'k-1','agent':'echo'"))
                .isEqualTo("echo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "agent-calls    | 'agent.call','agent':'echo'                        | call_key: missing",
                "knowledge-documents | 'knowledge.document','language':'en'          | document_id: missing",
                "knowledge-documents | 'knowledge.document','document_id':'a'        | language: missing",
                "conversation-events | 'message.received','text':'hello'             | conversation_id: missing",
                "conversation-events | 'message.received','text':'hello','conversation_id':'a@b.c' | conversation_id: must be no address",
                "agent-registry | 'agent.registered','agent':'echo','version':1      | type: missing",
                "agent-registry | 'agent.registered','version':1                     | agent: missing",
                "task-events    | 'agent.call','call_key':'k-1','agent':'echo'       | event_type: ",
                "task-events    | 'task.created','user_id':'u','task_id':'t','title':'T','time_zone':'Europe/Paris',"
                        + "'due_at':'2026-12-01T09:00:00','recurrence':{'rule':'FREQ=WEEKLY;BYDAY=MON'}"
                        + "                                                          | recurrence.rule: 'BYDAY=MON' is not valid",
                "task-events    | 'task.created','user_id':'u','task_id':'t','title':'T','time_zone':'Europe/Paris',"
                        + "'due_at':'2026-12-01T08:00:00Z','recurrence':{'rule':'FREQ=DAILY;UNTIL=20200101T000000Z'}"
                        + "                                                          | recurrence.rule: UNTIL is before the start"
            })
    void whatTheJobWouldRefuseIsRefused(String topic, String fields, String message) {
        assertThatThrownBy(() -> keyOf(topic, null, fields))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    private static String keyOf(String topic, String keyField, String fields) throws RejectedEventException {
        String line = "{" + ENVELOPE + fields.strip().replace('\'', '"') + "}";
        return new String(
                new LineReader(topic, keyField).keyOf(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
