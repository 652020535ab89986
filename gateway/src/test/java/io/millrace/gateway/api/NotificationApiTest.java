package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preferences of notifications, and what came of them. */
class NotificationApiTest {
    private static final String PREFERENCES = "/v1/notification-preferences";
    private static final String HOOK =
            "{\"channels\":[{\"kind\":\"webhook\",\"address\":\"https://hooks.example.com/ann\"}]}";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR),
                GatewayBed.caller("ann", "acme", "ann", Role.USER));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static JsonNode body(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What was written comes back as the log has it. */
    private void readBack() throws Exception {
        ProducerRecord<byte[], byte[]> written =
                gateway.written().get(gateway.written().size() - 1);
        assertThat(written.topic()).isEqualTo(Topics.NOTIFICATION_PREFERENCES);
        gateway.model()
                .tell(log.record(
                        written.topic(),
                        new String(written.key(), StandardCharsets.UTF_8),
                        written.value(),
                        List.of()));
    }

    @Test
    void aPersonSaysHowTheyWantToBeToldAndReadsIt() throws Exception {
        assertThat(gateway.get("ann", PREFERENCES).statusCode()).isEqualTo(404);
        HttpResponse<String> reply = gateway.send("ann", "PUT", PREFERENCES, HOOK);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        readBack();

        JsonNode preferences = body(gateway.get("ann", PREFERENCES));
        assertThat(preferences.path("user_id").asText()).isEqualTo("ann");
        assertThat(preferences.path("tenant").asText()).isEqualTo("acme");
        assertThat(preferences.path("channels").path(0).path("address").asText())
                .isEqualTo("https://hooks.example.com/ann");
        assertThat(gateway.send("ann", "DELETE", PREFERENCES, null).statusCode())
                .isEqualTo(202);
        readBack();
        assertThat(gateway.get("ann", PREFERENCES).statusCode()).isEqualTo(404);
    }

    @Test
    void anOperatorSaysItForSomebodyAndForATeam() throws Exception {
        assertThat(gateway.send("ops", "PUT", PREFERENCES + "?user=on-call", HOOK)
                        .statusCode())
                .isEqualTo(202);
        assertThat(new String(gateway.written().get(0).key(), StandardCharsets.UTF_8))
                .isEqualTo("acme/on-call");
        assertThat(gateway.send("ops", "PUT", PREFERENCES, HOOK).statusCode()).isEqualTo(400);
        assertThat(gateway.send("ann", "PUT", PREFERENCES + "?user=on-call", HOOK)
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | channels | missing",
                "{'channels':[{'kind':'pigeon'}]} | channels[0].kind | must be one of webhook, email, slack",
                "{'channels':[{'kind':'webhook'}]} | channels[0].address | missing",
                "{'channels':[{'kind':'webhook','address':'file:///etc/passwd'}]} | channels[0].address | must be a URL",
                "{'channels':[{'kind':'email','address':'a@b, c@d'}]} | channels[0].address | must be an address of mail",
                "{'channels':[{'kind':'slack','secret':'a--b'}]} | channels[0].secret | must be letters",
                "{'channels':[],'quiet_hours':{'from':'22:00','to':'25:00'}} | quiet_hours.to | must be a time of the day",
                "{'channels':[],'digest':'at_times'} | digest_times | missing",
                "{'channels':[],'per_hour':0} | per_hour | must be between 1 and 1000",
                "{'channels':[],'time_zone':'Mars'} | time_zone | there is no time zone",
                "{'channels':[],'user_id':'bob'} | user_id | there is no such field here",
            })
    void whatIsWrongIsNamed(String preferences, String field, String detail) throws Exception {
        HttpResponse<String> reply = gateway.send("ann", "PUT", PREFERENCES, preferences.replace('\'', '"'));

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(body(reply).path("field").asText()).isEqualTo(field);
        assertThat(body(reply).path("detail").asText()).contains(detail);
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void deliveriesAreListedTheLatestFirstAndBounded() throws Exception {
        for (int i = 0; i < 205; i++) {
            gateway.model().tell(log.told("acme", "ann", i % 2 == 0, TestRecords.START.plusSeconds(i), "c-" + i));
        }
        SourceRecord other = log.told("beta", "ann", true, TestRecords.START, "c-other");
        gateway.model().tell(other);

        JsonNode page = body(gateway.get("ann", "/v1/notifications?limit=200"));
        assertThat(page.path("items")).hasSize(200);
        assertThat(page.path("items").path(0).path("channel").asText()).isEqualTo("c-204");
        assertThat(page.path("items").path(1).path("event_type").asText()).isEqualTo("notification.failed");
        assertThat(page.has("next")).isFalse();
        assertThat(page.toString()).doesNotContain("c-other");
    }

    @Test
    void whatIsNoneIsSkipped() throws Exception {
        gateway.model()
                .tell(
                        log.record(Topics.NOTIFICATIONS, "ann", TestRecords.example("digest.made")),
                        log.tombstone(Topics.NOTIFICATIONS, "ann"),
                        log.tombstone(Topics.NOTIFICATION_PREFERENCES, "no key"),
                        log.record(
                                Topics.NOTIFICATION_PREFERENCES,
                                "beta/ann",
                                TestRecords.example("notification.preferences")));

        assertThat(gateway.get("ann", PREFERENCES).statusCode()).isEqualTo(404);
        assertThat(gateway.model().model().skipped()).isEqualTo(3);
    }
}
