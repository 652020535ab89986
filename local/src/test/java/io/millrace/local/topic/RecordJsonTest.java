package io.millrace.local.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    @Test
    void jsonStandsAsItWasWrittenOnOneLine() {
        assertThat(value("{\"a\": 1.50,\n \"b\": 10000000000000000000001}"))
                .isEqualTo("{\"a\": 1.50,  \"b\": 10000000000000000000001}");
    }

    @Test
    void anythingElseBecomesAString() {
        assertThat(value("say \"hi\"\n")).isEqualTo("\"say \\\"hi\\\"\\n\"");
        assertThat(value("")).isEqualTo("\"\"");
        assertThat(value("{\"a\":1} x")).startsWith("\"");
        assertThat(RecordJson.value(null)).isEqualTo("null");
        assertThat(RecordJson.value(new byte[] {'a', (byte) 0xff})).isEqualTo("\"a\\\\xff\"");
        assertThat(RecordJson.value(new byte[] {'"', (byte) 0xff, '"'})).isEqualTo("\"\\\"\\\\xff\\\"\"");
    }

    @Test
    void whatATerminalWouldObeyIsEscaped() {
        assertThat(value("{\"a\":\t\"\u009b31m \u202e\"}")).isEqualTo("{\"a\": \"\\u009b31m \\u202e\"}");
        assertThat(value("\u001b]0;title\u0007\u007f")).isEqualTo("\"\\u001B]0;title\\u0007\\u007f\"");
    }

    @Test
    void keyAndHeadersComeOnRequestTheLastOfANameCounting() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, 42, bytes("u-7"), bytes("{}"));
        record.headers().add("h", bytes("1")).add("h", bytes("2")).add("n", null);

        assertThat(RecordJson.envelope(record, true, true))
                .isEqualTo("{\"partition\":3,\"offset\":42,\"timestamp\":\"1969-12-31T23:59:59.999Z\",\"key\":\"u-7\","
                        + "\"headers\":{\"h\":\"2\",\"n\":null},\"value\":{}}");
        assertThat(RecordJson.envelope(record, false, false))
                .doesNotContain("key")
                .doesNotContain("headers");
    }

    private static String value(String text) {
        return RecordJson.value(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
